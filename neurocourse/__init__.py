"""The helper module of *Models of Neural Data*: everything that a tutorial's notebook imports.

`datasets` loads recordings or their simulated twins (`simulate`), `plots` draws, `widgets` lets you play,
`checks` looks at answers, `notebook` sets a notebook up. `glm`, `decoding`, `hmm` and `networks` hold
ready-made model code, `challenge` looks at a whole model written at once. Importing the package is light;
matplotlib, scikit-learn and torch are loaded when first used.
"""

__version__ = "0.1.0"
