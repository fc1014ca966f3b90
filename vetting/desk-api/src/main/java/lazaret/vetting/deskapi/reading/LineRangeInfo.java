package lazaret.vetting.deskapi.reading;

/// A range of lines of one text.
///
/// @param first the first line, from 1
/// @param last the last line
public record LineRangeInfo(int first, int last) {}
