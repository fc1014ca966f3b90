package lazaret.vetting.deskapi.diff;

import java.util.List;
import lazaret.vetting.json.Inline;

/// The files of a difference, in the order in which to read them.
///
/// @param subject the two artifacts
/// @param complete whether all files are compared; if not, a repeated request compares more of them
/// @param roles the amount to read in each role
/// @param from the index of the first file of this reply, from 0
/// @param total the number of files of both artifacts
/// @param files the files: those that must be read first, equal ones last
public record DiffReply(
    @Inline DiffSubjectInfo subject,
    boolean complete,
    List<DiffRoleInfo> roles,
    int from,
    int total,
    List<DiffFileInfo> files) {
  public DiffReply {
    roles = List.copyOf(roles);
    files = List.copyOf(files);
  }
}
