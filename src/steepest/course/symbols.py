"""The commands of LaTeX that the chapters' formulas may use, and what a terminal shows for each."""

from __future__ import annotations

__all__ = [
    "ACCENTS",
    "AS_IS",
    "BINARY",
    "FUNCTIONS",
    "LETTERS",
    "LITERAL",
    "LOWERED",
    "NOTHING",
    "PLAIN",
    "RAISED",
    "RELATIONS",
    "SPACES",
    "SYMBOLS",
]


def _table(*pairs: str) -> dict[str, str]:
    """name -> sign, of texts such as "alpha α  beta β"."""
    words = " ".join(pairs).split()
    return dict(zip(words[::2], words[1::2], strict=True))


SYMBOLS = _table(
    "alpha α  beta β  gamma γ  delta δ  epsilon ε  varepsilon ε  eta η  theta θ  kappa κ  lambda λ  mu μ  nu ν  pi π",
    "rho ρ  sigma σ  tau τ  phi φ  varphi φ  chi χ  psi ψ  omega ω  Delta Δ  Sigma Σ  Theta Θ  Lambda Λ  Omega Ω",
    "partial ∂  nabla ∇  infty ∞  sum Σ  prod Π  int ∫  ell ℓ  dots …  ldots …  cdots …  vdots ⋮  ddots ⋱  top ᵀ",
    "prime ′  lVert ‖  rVert ‖  Vert ‖  lvert |  rvert |  vert |  langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋",
)
BINARY = _table("cdot ·  times ×  odot ∘  circ ∘  pm ±  ast *  otimes ⊗")
RELATIONS = _table(
    "le ≤  leq ≤  ge ≥  geq ≥  ne ≠  neq ≠  approx ≈  sim ~  propto ∝  in ∈  notin ∉  equiv ≡  ll ≪  gg ≫  mid |",
    "to →  rightarrow →  longrightarrow →  leftarrow ←  gets ←  Rightarrow ⇒  Leftrightarrow ⇔  iff ⇔  mapsto ↦",
)
FUNCTIONS = set("ln log exp sin cos tan sinh cosh tanh max min arg lim det sup inf Pr".split())
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}
LETTERS = {"mathcal": {"L": "ℒ", "N": "𝒩", "J": "𝒥"}, "mathbb": {"R": "ℝ", "E": "𝔼", "N": "ℕ"}}
AS_IS = set("text mathrm operatorname mathit mathsf texttt textbf".split())  # their argument is text
PLAIN = set("mathbf boldsymbol underbrace boxed".split())  # their argument is a formula
NOTHING = set("left right big Big bigg bigl bigr Bigl Bigr displaystyle textstyle limits".split())
SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "quad": "  ", "qquad": "    ", "!": ""}
LITERAL = {"{": "{", "}": "}", "%": "%", "#": "#", "$": "$", "&": "&", "_": "_", "|": "‖"}
RAISED = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzLMNTW′ᵀ*",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴸᴹᴺᵀᵂ′ᵀ*",
        strict=True,
    )
)
LOWERED = dict(zip("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
