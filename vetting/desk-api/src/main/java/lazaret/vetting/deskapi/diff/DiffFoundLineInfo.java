package lazaret.vetting.deskapi.diff;

import org.jspecify.annotations.Nullable;

/// A line of a difference that contains a text.
///
/// @param path the path of the file in the list of files
/// @param hunk the number of the hunk in its file, from 1
/// @param hunkRow the index of the first row of the hunk, from 0
/// @param row the index of the row, from 0
/// @param moved whether the line belongs to a moved block, which is one row without code
/// @param oldLine the line of the base; null for an added line
/// @param newLine the line of the reviewed version; null for a removed line
/// @param excerpt a part of the line with the text; characters that do not print are escaped
public record DiffFoundLineInfo(
    String path,
    long hunk,
    long hunkRow,
    long row,
    boolean moved,
    @Nullable Integer oldLine,
    @Nullable Integer newLine,
    String excerpt) {}
