package lazaret.vetting.review;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The amount to read in one role. Files that are not compared yet count as files without lines.
///
/// @param role the role
/// @param files the number of files that differ or changed their role
/// @param lines the number of their changed lines
/// @param readFiles the number of those that must be read
/// @param readLines the number of changed lines that must be read
public record RoleSummary(ContentRole role, int files, long lines, int readFiles, long readLines) {
  /// Returns the summaries of all roles, in the order of decreasing danger.
  static List<RoleSummary> of(Collection<FileSummary> files) {
    List<RoleSummary> roles = new ArrayList<>();
    for (ContentRole role : ContentRole.values()) {
      List<FileSummary> own =
          files.stream()
              .filter(file -> file.role() == role && file.change() != FileSummary.Change.EQUAL)
              .toList();
      List<FileSummary> read = own.stream().filter(FileSummary::mustRead).toList();
      roles.add(new RoleSummary(role, own.size(), lines(own), read.size(), lines(read)));
    }
    return roles;
  }

  private static long lines(List<FileSummary> files) {
    return files.stream().mapToLong(FileSummary::lines).sum();
  }
}
