"""What do packages that others wrote make of random studies and tables?

Draws inputs from a fixed seed, recomputes statistics of the program with scipy, scikit-learn,
krippendorff, irrCAC, concepts and plain numpy, and writes inputs and answers to `answers/`, one
record a line. `tests/oracles.rs` puts the same inputs to the program.

    second_opinion.py            writes the answers anew
    second_opinion.py --check    recomputes them and compares with what is recorded
"""

import json
import math
import random
import sys
from pathlib import Path

import concepts
import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform
from scipy.stats import entropy
from sklearn.metrics import adjusted_rand_score, cohen_kappa_score, silhouette_samples

# irrCAC replaces blank cells in a copy of its own, which pandas takes for a mistake.
pd.options.mode.chained_assignment = None

ANSWERS = Path(__file__).resolve().parent / "answers"
DISTANCES = {"jaccard": "jaccard", "dice": "dice", "simple_matching": "hamming"}
LINKAGES = ["average", "complete", "single"]


class Draw:
    """A stream of its own for each file, made of what Python promises not to change."""

    def __init__(self, name):
        self.stream = random.Random("parallax " + name)

    def below(self, end):
        return int(self.stream.random() * end)

    def between(self, least, most):
        return least + self.below(most - least + 1)

    def chance(self, share):
        return self.stream.random() < share


def distances_between(claims, metric):
    """Distances of claimed features; scipy leaves two empty sets undefined, the program takes 0."""
    used = claims[:, claims.any(axis=0)]
    values = pdist(used, metric)
    empty = [not (a.any() or b.any()) for i, a in enumerate(used) for b in used[i + 1 :]]
    return np.where(empty, 0.0, values)


def grouped(labels):
    """The same groups whatever they are called."""
    return [list(labels).index(label) for label in labels]


def whatever_breaks_ties(draw, distances, method):
    """Heights and the cuts of the tree, each `None` where it depends on how ties are broken.

    Ties are broken at random by a little noise; rounding alone breaks them always in one way.
    """
    units = len(squareform(distances))
    tree = linkage(distances, method)
    heights, cuts, middles = tree[:, 2], {}, {}
    for k in range(2, units):
        below, above = heights[units - k - 1], heights[units - k]
        middles[k] = (below + above) / 2
        cuts[k] = fcluster(tree, middles[k], "distance") if above - below > 1e-5 else None
    are_clear = True
    for _ in range(40):
        noise = np.array([1e-8 * draw.stream.random() for _ in distances])
        other = linkage(distances + noise, method)
        are_clear = are_clear and np.allclose(other[:, 2], heights, rtol=0, atol=1e-6)
        for k, cut in cuts.items():
            if cut is not None:
                again = fcluster(other, middles[k], "distance")
                if grouped(cut) != grouped(again):
                    cuts[k] = None
    return (heights if are_clear else None), cuts


def cluster_study(draw):
    """People of two or three roles who claim duties, all of them asked."""
    people, roles, codes = draw.between(5, 10), draw.between(2, 3), draw.between(3, 7)
    role = [unit if unit < roles else draw.below(roles) for unit in range(people)]
    leaning = [[draw.stream.random() * 0.8 + 0.05 for _ in range(codes)] for _ in range(roles)]
    claims = np.array([[draw.chance(share) for share in leaning[r]] for r in role])
    claims[0, 0] = True
    answers = {}
    for name, metric in DISTANCES.items():
        distances = distances_between(claims, metric)
        answer = {"silhouette_roles": silhouette_samples(squareform(distances), role, metric="precomputed").mean()}
        for method in LINKAGES:
            heights, cuts = whatever_breaks_ties(draw, distances, method)
            by_k = {}
            for k, cut in cuts.items():
                if cut is not None:
                    widths = silhouette_samples(squareform(distances), cut, metric="precomputed")
                    by_k[str(k)] = [adjusted_rand_score(role, cut), widths.mean()]
            answer[method] = {"heights": heights, "by_k": by_k}
        answers[name] = answer
    return {"roles": role, "claims": claims.astype(int), "answers": answers}


def partitions(draw):
    """Two partitions of the same units, groups of one unit among them, and distances on a grid."""
    units = draw.between(4, 14)
    one, other = ([draw.below(draw.between(2, 5)) for _ in range(units)] for _ in range(2))
    claims = np.array([[draw.chance(0.5) for _ in range(6)] for _ in range(units)])
    claims[:, 0] = True
    widths = None
    if 1 < len(set(one)) < units:
        square = squareform(pdist(claims, "jaccard"))
        widths = silhouette_samples(square, one, metric="precomputed")
    ari = None
    if not all(len(set(p)) == 1 for p in (one, other)) and not all(
        len(set(p)) == units for p in (one, other)
    ):
        ari = adjusted_rand_score(one, other)
    record = {"one": one, "other": other, "claims": claims.astype(int)}
    return {**record, "answers": {"ari": ari, "silhouettes": widths}}


def share_of_pairs(states, pairs):
    alike = [float(states[a] == states[b]) for a, b in pairs]
    return np.mean(alike) if alike else None


def consensus_study(draw):
    """People of several roles at several cases who affirm, deny, do both or keep silent."""
    people, roles, cases = draw.between(5, 12), draw.between(2, 3), draw.between(2, 3)
    role = [draw.below(roles) for _ in range(people)]
    case = [draw.below(cases) for _ in range(people)]
    states = [[draw.below(4) for _ in range(people)] for _ in range(3)]
    answers = []
    for said in states:
        pairs = [(a, b) for a in range(people) for b in range(a + 1, people)]
        within = [
            share_of_pairs(said, [(a, b) for a, b in pairs if role[a] == role[b] == r])
            for r in range(roles)
        ]
        in_each = [
            share_of_pairs(said, [(a, b) for a, b in pairs if case[a] == case[b] == c])
            for c in range(cases)
        ]
        in_each = [share for share in in_each if share is not None]
        between = share_of_pairs(said, [(a, b) for a, b in pairs if role[a] != role[b]])
        in_cases = np.mean(in_each) if in_each else None
        answers.append({"within": within, "between": between, "in_cases": in_cases})
    return {"roles": role, "cases": case, "states": states, "answers": answers}


def ambiguity_study(draw):
    """Statements that name the role whose duty something is; scipy's entropy over that of chance."""
    roles, codes, cases = 3, draw.between(1, 3), draw.between(1, 2)
    said = [
        [draw.below(cases), draw.below(roles), draw.below(codes), draw.below(roles)]
        for _ in range(draw.between(4, 16))
    ]
    answers = []
    for case in range(cases):
        for code in range(codes):
            bearers = [bearer for c, _, k, bearer in said if (c, k) == (case, code)]
            if len(bearers) >= 2:
                counts = [bearers.count(r) for r in range(roles)]
                answers.append([case, code, entropy(counts, base=roles)])
    return {"cases": cases, "codes": codes, "said": said, "answers": answers}


def ratings_table(draw):
    """Units × coders with missing values, coders who agree more often than not."""
    coders, categories, units = draw.between(2, 5), draw.between(2, 5), draw.between(6, 30)
    missing = draw.below(3) * 0.15
    rows = []
    for _ in range(units):
        truth = draw.below(categories)
        rating = [truth if draw.chance(0.6) else draw.below(categories) for _ in range(coders)]
        rows.append([None if draw.chance(missing) else value for value in rating])
    return {"categories": categories, "rows": rows}


def agreement(draw):
    table = ratings_table(draw)
    rows, declared = table["rows"], list(range(table["categories"]))
    values = np.array([[math.nan if v is None else float(v) for v in row] for row in rows])
    paired = values[(~np.isnan(values)).sum(axis=1) >= 2]
    is_varied = len(np.unique(paired[~np.isnan(paired)])) > 1
    if not is_varied or len(np.unique(values[~np.isnan(values)])) < 2:
        return agreement(draw)
    by_gwet = CAC(pd.DataFrame(values), categories=[float(c) for c in declared], digits=15)
    gwet = by_gwet.gwet()["est"]
    answers = {
        "percent": gwet["pa"],
        "ac1": gwet["coefficient_value"],
        "fleiss": by_gwet.fleiss()["est"]["coefficient_value"],
        "pabak": by_gwet.bp()["est"]["coefficient_value"],
    }
    for level in ["nominal", "ordinal", "interval"]:
        answers["alpha_" + level] = krippendorff.alpha(
            reliability_data=values.T, level_of_measurement=level, value_domain=declared
        )
    if values.shape[1] == 2:
        both = values[~np.isnan(values).any(axis=1)]
        answers["cohen"] = cohen_kappa_score(both[:, 0], both[:, 1])
        if math.isnan(answers["cohen"]):
            answers["cohen"] = None
    return {**table, "answers": answers}


def passages(draw):
    """Two or three coders who marked passages of one text, compared character by character."""
    length, coders = draw.between(20, 120), draw.between(2, 3)
    spans, marked = [], np.zeros((coders, length), dtype=int)
    while not 0 < marked.sum() < marked.size:
        spans, marked = [[] for _ in range(coders)], np.zeros((coders, length), dtype=int)
        for _ in range(draw.between(1, 4)):
            start = draw.below(length)
            end = start + 1 + draw.below(min(30, length - start))
            for coder in range(coders):
                if draw.chance(0.8):
                    ends = sorted([draw.below(5) - 2 + start, draw.below(5) - 2 + end])
                    one, other = max(0, ends[0]), min(length, ends[1])
                    if one < other:
                        spans[coder].append([one, other])
                        marked[coder, one:other] = 1
    answers = {"alpha": krippendorff.alpha(reliability_data=marked, level_of_measurement="nominal")}
    if coders == 2:
        kappa = cohen_kappa_score(marked[0], marked[1])
        by_gwet = CAC(pd.DataFrame(marked.T.astype(float)), categories=[0.0, 1.0], digits=15).gwet()
        both, either = marked.all(axis=0).sum(), marked.any(axis=0).sum()
        answers.update(
            kappa=None if math.isnan(kappa) else kappa,
            ac1=by_gwet["est"]["coefficient_value"],
            percent=by_gwet["est"]["pa"],
            shared=both / either,
        )
    return {"length": length, "spans": spans, "answers": answers}


def lattice(draw):
    """The formal concepts of units and the duties they claim, and how many stand directly above."""
    units, codes = draw.between(2, 9), draw.between(2, 6)
    claims = [[draw.chance(0.45) for _ in range(codes)] for _ in range(units)]
    objects = [f"u{unit}" for unit in range(units)]
    properties = [f"k{code}" for code in range(codes)]
    found = concepts.Context(objects, properties, claims).lattice
    answers = sorted(
        [
            sorted(int(o[1:]) for o in c.extent),
            sorted(int(p[1:]) for p in c.intent),
            len(c.upper_neighbors),
        ]
        for c in found
    )
    return {"claims": np.array(claims).astype(int), "answers": answers}


FILES = {
    "clusters": (cluster_study, 36),
    "partitions": (partitions, 40),
    "consensus": (consensus_study, 36),
    "ambiguity": (ambiguity_study, 36),
    "agreement": (agreement, 60),
    "passages": (passages, 40),
    "lattices": (lattice, 40),
}


def plain(value):
    """What JSON knows, floats with the 13 digits that every machine agrees on."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (float, np.floating)):
        if not math.isfinite(value):
            raise ValueError("a package gives no number")
        return float(f"{value:.13g}") + 0.0
    return int(value) if isinstance(value, np.integer) else value


def recomputed(name):
    make, records = FILES[name]
    draw = Draw(name)
    return [plain(make(draw)) for _ in range(records)]


def differences(one, other, path):
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [d for key in one for d in differences(one[key], other[key], f"{path}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other))
        return [d for at, (a, b) in pairs for d in differences(a, b, f"{path}/{at}")]
    if isinstance(one, float) and isinstance(other, (int, float)) and abs(one - other) <= 1e-12:
        return []
    return [] if one == other else [f"{path}: recorded {one}, now {other}"]


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    found = []
    for name in FILES:
        place, now = ANSWERS / f"{name}.json", recomputed(name)
        if arguments:
            found += differences(json.loads(place.read_text("utf-8")), now, name)
            continue
        lines = [json.dumps(record, separators=(",", ":"), sort_keys=True) for record in now]
        place.write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8", newline="\n")
    if found:
        sys.exit("\n".join([*found, "the packages no longer give the recorded answers"]))
    print("the packages give the recorded answers" if arguments else f"written to {ANSWERS.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
