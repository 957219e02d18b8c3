"""The helper module of *Models of Neural Data*: everything that a tutorial's notebook imports.

`datasets` loads recordings or their simulated twins (`simulate`), `plots` draws, `widgets` lets you play,
`checks` and `network_checks` check answers, and `notebook` sets a notebook up. `glm`, `decoding`, `hmm` and
`networks` hold ready-made model code. `challenge` checks a whole model that is written at once. Importing the
package is light: it loads matplotlib, scikit-learn and torch when they are first used.
"""

__version__ = "0.1.0"
