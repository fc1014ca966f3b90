package lazaret.vetting.deskapi.reading;

import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.diff.DiffSubjectInfo;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// The state of the reading of a version by the caller.
///
/// @param subject the two artifacts of the difference to which `files` belong
/// @param against the approved or audited version with which the shares are measured; null if there
///   is none, and all lines of the reviewed version count
/// @param roles the share of each role
/// @param lines the number of all lines to read
/// @param read the number of those that count as read
/// @param refusal the clause with which an approval would be refused; null if the policy is met
/// @param files the files to read in which the caller marked or read something, at most 2,000
/// @param current the other persons who read the version now, the longest reader first
public record ReadStateReply(
    @Inline DiffSubjectInfo subject,
    @Nullable CrateVersion against,
    List<ReadShareInfo> roles,
    long lines,
    long read,
    @Nullable String refusal,
    List<ReadFileInfo> files,
    List<CurrentReaderInfo> current) {
  public ReadStateReply {
    roles = List.copyOf(roles);
    files = List.copyOf(files);
    current = List.copyOf(current);
  }
}
