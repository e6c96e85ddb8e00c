"""Does a crate hold to RO-Crate 1.2 and to the profile of a process run, and its CITATION.cff to its
format?

Asks the packages roc-validator and cffconvert, which others wrote. The terms of RO-Crate 1.2 stand
on the web; where that cannot be reached, terms.json has those that a crate uses.

    python tests/deposit/validate.py CRATE...
"""

import json
import pathlib
import subprocess
import sys
import urllib.request

from rocrate_validator import models, services
from rocrate_validator.utils import document_loader, http

HERE = pathlib.Path(__file__).parent
TERMS = "https://w3id.org/ro/crate/1.2/context"
# The validator takes the profile of a process run for one of RO-Crate 1.1, of which version 0.5 says
# nothing: what it inherits from there is left out, and 1.2 is asked for by itself.
PROFILES = {"ro-crate-1.2": True, "process-run-crate-0.5": False}
# What a crate cannot say, because study.yaml has no place for it or leaves it open.
OPEN = [
    "contactPoint",
    "SHOULD have a ROR identifier",
    "The organization SHOULD have a URL",
    "SHOULD have an ORCID identifier",
    "organizational affiliation",
    "specifies the organizational `affiliation`",
    "SHOULD reference an Organization for affiliation",
    "Data Entity `author` SHOULD reference a Person entity",
    # A script of the study's own is known by its place in the crate.
    "The SoftwareApplication id SHOULD be an absolute URI",
]


def terms():
    """The context of RO-Crate 1.2, and where it came from."""
    try:
        with urllib.request.urlopen(TERMS, timeout=20) as answer:
            return json.load(answer), "the web"
    except (OSError, ValueError):
        return json.loads((HERE / "terms.json").read_text(encoding="utf-8")), "terms.json"


def answer_with(known):
    """Lets the validator read the terms that are known instead of fetching them each time."""

    class Answer:
        status_code = 200
        ok = True
        headers = {"Content-Type": "application/ld+json"}
        url = TERMS
        text = json.dumps(known)
        content = text.encode()

        def json(self):
            return known

        def raise_for_status(self):
            pass

    def get(self, url, *rest, **more):
        return Answer() if url == TERMS else self.__getattr__("get")(url, *rest, **more)

    http.HttpRequester.get = get
    fetch = document_loader._fetch_json_ld
    document_loader._fetch_json_ld = lambda url: known if url == TERMS else fetch(url)


def undefined(crate, known):
    """The words of a crate's metadata that are no terms."""
    graph = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    context = known["@context"]
    parts = context if isinstance(context, list) else [context]
    defined = {term for part in parts if isinstance(part, dict) for term in part}
    words = set()
    for thing in graph:
        words.update(key for key in thing if not key.startswith("@"))
        kinds = thing["@type"]
        words.update(kinds if isinstance(kinds, list) else [kinds])
    return sorted(words - defined)


def issues(crate, profile, inherits):
    """What the validator has to say of a crate."""
    settings = services.ValidationSettings(
        rocrate_uri=models.URI(str(crate)),
        profile_identifier=profile,
        enable_profile_inheritance=inherits,
        requirement_severity=models.Severity.RECOMMENDED,
    )
    return services.validate(settings).get_issues()


def check(crate, known):
    """Says what is wrong with a crate; whether nothing is."""
    wrong = [f"`{word}` is no term of RO-Crate 1.2" for word in undefined(crate, known)]
    for profile, inherits in PROFILES.items():
        found = issues(crate, profile, inherits)
        left = [one for one in found if any(part in one.message for part in OPEN)]
        others = [one for one in found if one not in left]
        wrong += [f"{profile}: {one.severity.name}: {one.message}" for one in others]
        print(f"{crate}: {profile}: {len(others)} problems, {len(left)} recommendations left open")
    ask = "from cffconvert.cli.cli import cli; cli()"
    cite = [sys.executable, "-c", ask, "--validate", "-i", "CITATION.cff"]
    done = subprocess.run(cite, cwd=crate, capture_output=True, text=True, check=False)
    print(f"{crate}: CITATION.cff: {(done.stdout + done.stderr).strip()}")
    if done.returncode != 0:
        wrong.append("CITATION.cff is not valid")
    for line in wrong:
        print(f"{crate}: {line}")
    return not wrong


def main(crates):
    known, whence = terms()
    answer_with(known)
    print(f"terms of RO-Crate 1.2 from {whence}")
    return 0 if all([check(pathlib.Path(crate), known) for crate in crates]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
