package lazaret.vetting.review.hunk;

/// A hunk: changed lines and up to three equal lines around them (POSIX *diff -u*).
///
/// @param number the number in its file, from 1
/// @param oldFrom the first line of the old text, from 1; the line before it if there is none
/// @param oldCount the number of lines of the old text
/// @param newFrom the first line of the new text, from 1; the line before it if there is none
/// @param newCount the number of lines of the new text
/// @param changed the number of added and removed lines
/// @param firstRow the index of its first row among those of the file, from 0
/// @param rows the number of its rows
public record HunkRange(
    int number,
    int oldFrom,
    int oldCount,
    int newFrom,
    int newCount,
    int changed,
    int firstRow,
    int rows) {}
