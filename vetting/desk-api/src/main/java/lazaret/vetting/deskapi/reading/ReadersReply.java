package lazaret.vetting.deskapi.reading;

import java.util.List;
import lazaret.vetting.deskapi.diff.DiffSubjectInfo;
import lazaret.vetting.json.Inline;

/// The readers of the files of a difference.
///
/// @param subject the two artifacts
/// @param files the files to read that have readers, at most 2,000
public record ReadersReply(@Inline DiffSubjectInfo subject, List<FileReadersInfo> files) {
  public ReadersReply {
    files = List.copyOf(files);
  }
}
