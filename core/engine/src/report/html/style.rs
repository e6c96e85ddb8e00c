//! How does the page look: on a screen, at night, on paper?

use crate::report::figure::palette;

/// The style sheet of the page.
pub(super) fn sheet() -> String {
    format!("{}{SHEET}", palette::css())
}

const SHEET: &str = r#"
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0 auto;max-width:64rem;padding:1.5rem 1.25rem 4rem;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
a{color:var(--link)}
a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem}
h1{font-size:1.75rem;line-height:1.2;margin:.2rem 0 .5rem}
h2{font-size:1.35rem;margin:3rem 0 1rem;padding-bottom:.3rem;border-bottom:2px solid var(--rule)}
h3{font-size:1.15rem;margin:2.4rem 0 .2rem}
h4{font-size:1rem;margin:0 0 .25rem}
p{margin:.35rem 0}
.quiet{color:var(--muted)}svg .quiet{fill:var(--muted)}
.kicker{color:var(--muted);font-size:.85rem;letter-spacing:.04em;text-transform:uppercase;margin:0}
.badges{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem;margin:.8rem 0 0;padding:0}
.badges li{border:1px solid var(--rule);background:var(--card);border-radius:1rem;padding:.1rem .75rem;font-size:.88rem}
.badges .warn{color:var(--warn);border-color:currentColor}
nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem}
nav{margin:1.2rem 0 0;padding:.6rem 1rem;background:var(--card);border:1px solid var(--rule);border-radius:.5rem;font-size:.92rem}
nav ul ul{display:inline-flex;margin-left:.6rem}nav ul ul::before{content:"→";color:var(--muted)}
.wide{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--rule);vertical-align:top}
thead th{border-bottom:2px solid var(--rule);font-weight:600;vertical-align:bottom}
tbody th{font-weight:500}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td .beside,dd .beside{display:block;font-size:.88em;font-weight:400;color:var(--muted)}
tbody th{min-width:9rem}tbody th.id{min-width:3rem}sup a{text-decoration:none}
.notes{font-size:.88rem;color:var(--muted);padding-left:1.4rem}
.id{font:.82em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--muted);overflow-wrap:anywhere}
code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.finding{margin:1rem 0 1.4rem;padding:1rem 1.2rem;border:1px solid var(--rule);border-left:4px solid var(--link);border-radius:.4rem;background:var(--bg)}
.finding h4{color:var(--muted);font-weight:600}
.sentence{font-size:1.08rem;line-height:1.5;max-width:48rem}
.measures{display:grid;grid-template-columns:repeat(auto-fill,minmax(11.5rem,1fr));gap:.4rem 1.2rem;margin:.8rem 0}
.measures div{border-top:1px solid var(--rule);padding-top:.2rem}
.measures dt{color:var(--muted);font-size:.82rem;line-height:1.3}
.measures dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
.measures .reason{font-weight:400;font-size:.85rem}
sup{line-height:1}
.caveats{margin:.6rem 0;padding:.1rem 0 .1rem 1rem;border-left:3px solid var(--warn);font-size:.92rem}
.caveats p::before{content:"! ";color:var(--warn);font-weight:700}
.cites{font-size:.88rem;margin:.5rem 0 0}
.cites a,.links a{text-decoration:none;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em}
.cites a:hover,.links a:hover{text-decoration:underline}
.for{color:var(--for);font-weight:600}.against{color:var(--against);font-weight:600}
figure{margin:1rem 0;padding:1rem;background:var(--card);border:1px solid var(--rule);border-radius:.5rem;break-inside:avoid}
figcaption{font-weight:600;margin-bottom:.5rem}figcaption span{display:block;font-weight:400;font-size:.88rem;color:var(--muted)}
.picture{overflow-x:auto}
.picture svg{display:block}
svg .label{fill:var(--fg)}svg .branch{stroke:var(--fg)}svg .axis{stroke:var(--rule)}
.tools{font-size:.85rem;margin:.5rem 0 0}
details{margin:.6rem 0}
summary{cursor:pointer;color:var(--link)}
tr:target,.finding:target{background:color-mix(in srgb,var(--link) 16%,transparent)}
.tally{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.5rem 0;padding:0}
.tally b{font-variant-numeric:tabular-nums}
details.fold{margin:0;padding:.5rem .8rem .5rem 1rem;border-bottom:1px solid var(--rule)}
details.fold[open]{border-left:4px solid var(--link);background:var(--bg)}
details.fold summary strong{color:var(--fg);font-weight:600}details.fold summary span{display:block;color:var(--fg);font-size:.95rem;padding-left:1rem}
.steady{font-size:.92rem;max-width:48rem}details.steady{margin:.2rem 0 .6rem}.steady ul{margin:.3rem 0;padding-left:1.2rem}
.failed{border-left-color:var(--against)}.none{border-left-color:var(--rule)}
dl.plain{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.5rem 0}dl.plain dt{color:var(--muted)}dl.plain dd{margin:0}
.warns{color:var(--warn);font-weight:600}
.verdicts{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(13.5rem,1fr));gap:.2rem 1.4rem;margin:.8rem 0;padding:0}
.verdicts li{border-top:1px solid var(--rule);padding:.3rem 0 .4rem}.verdicts li>div{display:flex;gap:.3rem;align-items:baseline}.verdicts b{min-width:1.3em;font-size:1.15rem;font-variant-numeric:tabular-nums}
.verdicts p{font-size:.85rem;line-height:1.4;margin:0}.verdicts a{color:inherit}
.verdict{display:inline-block;padding-left:1.4em;text-indent:-1.4em}.verdict span{display:inline-block;width:1.4em;text-indent:0}.verdict.quiet{font-weight:600}
.first{margin:.8rem 0}.first ul{columns:24rem;column-gap:2rem;list-style:none;margin:.2rem 0;padding:0;font-size:.92rem}
.first li{break-inside:avoid;padding:.1rem 0 .1rem 3.2em;text-indent:-3.2em}.first li a{display:inline-block;min-width:2.9em;text-indent:0}
.first:target h4{background:color-mix(in srgb,var(--link) 16%,transparent)}
.claims th.id{min-width:3rem;width:3.5rem}.claims td:nth-child(2){width:10.5rem}.claims td:nth-child(3){width:32%}
.claims .beside{font-size:.88em}.claims p{margin:.3rem 0 0;font-size:.95em}.claims .cites details{margin:.2rem 0 0}
.noted{padding-left:.7rem;border-left:3px solid var(--warn)}
.checks dt{margin-top:.6rem;font-weight:600}.checks dt span{font-weight:400}.checks dd{margin:.1rem 0 .1rem 1.2rem}
@media screen and (max-width:44rem){
.claims thead{position:absolute;left:-99rem}
.claims,.claims tbody,.claims tr,.claims th,.claims td,.claims caption{display:block}
.claims tr{display:grid;grid-template-columns:max-content 1fr;gap:0 .8rem;padding:.6rem 0;border-bottom:1px solid var(--rule)}
.claims th,.claims td{border:0;padding:.1rem 0;min-width:0;width:auto!important}
.claims td:nth-child(n+3){grid-column:1/-1}
.claims td:nth-child(4){padding-left:.8rem;border-left:3px solid var(--rule)}
}
@media(max-width:40rem){body{padding:1rem .8rem}.finding{padding:.8rem}h1{font-size:1.4rem}}
@media print{
@page{size:A4;margin:18mm 16mm}
body{max-width:none;padding:0;font-size:10pt}
nav,.skip,.tools,summary{display:none}
details.rows::details-content{content-visibility:visible;display:block;height:auto}
details.fold summary,.claims summary{display:block}figure details{display:none}
h2,h3,h4,caption{break-after:avoid}
.finding{border-width:0 0 0 3px;padding:.2rem 0 .2rem .8rem}
tr{break-inside:avoid}thead{display:table-header-group}
a{color:inherit;text-decoration:none}
figure,.badges li{background:none;-webkit-print-color-adjust:exact;print-color-adjust:exact}
svg{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.wide,.picture{overflow:visible}
.picture svg{max-width:100%;height:auto;max-height:185mm}
}
"#;
