from steepest.view.numbers import place


def test_what_could_not_be_compared_does_not_look_like_what_is_told_apart() -> None:
    rows = [{"rank": rank, "tied": tied, "n": n} for rank, tied, n in
            ((1, None, 1), (1, True, 3), (2, True, 3), (2, False, 3), (2, None, 1), (2, None, 0))]  # fmt: skip
    assert [place(row) for row in rows] == ["1", "1=", "2=", "2", "2?", "–"]
