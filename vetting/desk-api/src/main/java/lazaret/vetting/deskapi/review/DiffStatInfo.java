package lazaret.vetting.deskapi.review;

/// The size of a difference.
///
/// @param files the number of files that differ
/// @param insertions the number of added lines
/// @param deletions the number of removed lines
/// @param unreadBytes the bytes of files that are not text or too long
/// @param lines the lines to read; 40 bytes that are not text count as one line
public record DiffStatInfo(
    long files, long insertions, long deletions, long unreadBytes, long lines) {}
