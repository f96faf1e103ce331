import numpy as np
import pandas
import pytest
from sklearn.datasets import load_diabetes, load_wine

from steepest import BadValue, split
from steepest.data.stratified import stratified

X, Y = load_wine(return_X_y=True)


def parts(splits):
    return splits.train, splits.validation, splits.test


def test_classes_are_in_proportion_and_the_seed_decides():
    one, again, other = split(X, Y), split(X, Y, seed=0), split(X, Y, seed=1)
    assert np.array_equal(one.train.x, again.train.x)
    assert not np.array_equal(one.train.x, other.train.x)
    assert [np.bincount(p.y).tolist() for p in parts(one)] == [[35, 43, 29], [12, 14, 9], [12, 14, 10]]
    assert np.array_equal(one.test.x, stratified(X, Y).test.x)


@pytest.mark.parametrize("validation", [0.1, 0.3])
def test_continuous_targets_are_cut_at_random(validation):
    x, y = load_diabetes(return_X_y=True)
    splits = split(x, y, validation=validation, test=0.25)
    sizes, shares = [len(p) for p in parts(splits)], (0.75 - validation, validation, 0.25)
    assert sizes == pytest.approx(np.multiply(shares, 442), abs=1)  # rounded
    seen = sorted((*row, target) for p in parts(splits) for row, target in zip(p.x, p.y, strict=True))
    assert seen == sorted((*row, target) for row, target in zip(x, y, strict=True))


def test_lists_frames_and_text_are_taken():
    names = np.array(["red", "white", "rosé"])[Y]
    frame = pandas.DataFrame(X).assign(kind=names)
    ours = split(frame.drop(columns="kind"), frame["kind"])
    assert ours.classes == ("red", "rosé", "white")
    assert [np.asarray(ours.classes)[label] for label in ours.test.y] == [
        names[np.flatnonzero((row == X).all(1))[0]] for row in ours.test.x
    ]
    lists = split(X.tolist(), Y.tolist())
    assert np.array_equal(lists.train.x, split(X, Y).train.x)
    assert np.array_equal(lists.train.y, split(X, Y[:, None]).train.y)
    assert split(X, Y > 0).test.y.dtype == bool


def test_whole_numbers_with_many_values_are_no_classes():
    y = np.arange(178) // 6
    random, told = split(X, y), split(X, y, stratify=True)
    assert not np.array_equal(random.test.y, told.test.y)
    assert not np.array_equal(split(X, Y, stratify=False).train.x, split(X, Y).train.x)


def test_few_whole_floats_are_classes_and_other_numbers_are_not():
    assert np.array_equal(split(X, Y.astype(float)).train.x, split(X, Y).train.x)
    for y in (Y + 0.5, load_diabetes().target):
        x = np.arange(len(y))
        assert np.array_equal(split(x, y).train.x, split(x, y, stratify=False).train.x)


def test_what_is_missing_is_named_as_it_was_given():
    frame = pandas.DataFrame(X).rename(columns=str).astype({"3": float})
    frame.loc[23, "3"] = np.nan
    with pytest.raises(BadValue, match=r"x, row 23, column '3' \(from 0\), is nan"):
        split(frame, Y)
    with pytest.raises(BadValue, match=r"x, row 23, column 3 \(from 0\), is nan"):
        split(frame.to_numpy(), Y)
    with pytest.raises(BadValue, match=r"y, row 5 \(from 0\), is inf"):
        split(X, np.where(np.arange(178) == 5, np.inf, 1.0))


@pytest.mark.parametrize(
    ("x", "y", "options", "match"),
    [
        (X, Y[:-1], {}, "178 samples but y has 177"),
        (X, np.linspace(0, 1, 178), {"stratify": True}, "no classes, 178 values"),
        (X, Y, {"stratify": Y}, "stratify is True, False or None"),
        (X, Y, {"test": 0}, "share above 0"),
        (X, Y, {"test": "0.2"}, "test is a number, a share of the samples; got '0.2'"),
        (X, Y, {"validation": None}, "validation is a number"),
        (X, Y, {"seed": -1}, "seed is a whole number from 0"),
        (X, Y, {"seed": "a"}, "got 'a'"),
        (X, Y, {"test": 0.6, "validation": 0.4}, "below 1"),
        (X[:2], Y[:2], {}, "none for the"),
        ([["red", 1]] * 178, Y, {}, "x holds text, 'red'"),
        ([[1, 2], [3]], [0, 1], {}, "differ in length"),
        (X, np.zeros((178, 2), str), {}, "one label a sample"),
        (X + 1j, Y, {}, "complex"),
        (X, pandas.Series(["red", None] * 89, dtype=object), {}, "y mixes text with NoneType"),
    ],
)
def test_what_cannot_be_split_is_told_in_one_line(x, y, options, match):
    with pytest.raises(BadValue, match=match) as error:
        split(x, y, **options)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("kind", ["object", "str", "category"])
def test_a_column_of_text_is_named(kind):
    frame = pandas.DataFrame(X).rename(columns=str).assign(colour=pandas.Series(["red", "white"] * 89).astype(kind))
    with pytest.raises(BadValue, match="column 'colour' of x holds text, 'red'; make numbers of it"):
        split(frame, Y)
