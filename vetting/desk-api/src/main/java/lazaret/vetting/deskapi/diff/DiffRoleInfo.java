package lazaret.vetting.deskapi.diff;

/// The amount to read in one role. Files that are not compared yet count as files without lines.
///
/// @param role the role
/// @param files the number of files that differ or changed their role
/// @param lines the number of their changed lines
/// @param readFiles the number of files that must be read
/// @param readLines the number of changed lines that must be read
public record DiffRoleInfo(DiffRole role, int files, long lines, int readFiles, long readLines) {}
