package lazaret.vetting.review.hunk;

/// A line of a displayed difference that contains a text. Line numbers begin at 1.
///
/// @param hunk the number of its hunk in the file, from 1
/// @param hunkRow the index of the first row of the hunk among those of the file, from 0
/// @param row the index of its row among those of the file, from 0
/// @param moved whether it belongs to a moved block, which is one row
/// @param oldLine the line of the old text; 0 for an added line
/// @param newLine the line of the new text; 0 for a removed line
/// @param text the line without its end
public record FoundLine(
    int hunk, int hunkRow, int row, boolean moved, int oldLine, int newLine, String text) {}
