// Search puts tutorials and guides before the reference, whose long pages hold every word.
var Scorer = {
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
  score: ([page, , , , score]) => (/^(tutorials|student|instructor|author|grading)/.test(page) ? score + 40 : score),
};
