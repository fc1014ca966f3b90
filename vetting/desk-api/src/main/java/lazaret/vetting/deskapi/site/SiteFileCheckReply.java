package lazaret.vetting.deskapi.site;

import java.util.List;

/// The result of a check of all files of a site.
///
/// @param files the number of different files
/// @param bytes their size
/// @param faults the faults, one clause each
public record SiteFileCheckReply(long files, long bytes, List<String> faults) {
  public SiteFileCheckReply {
    faults = List.copyOf(faults);
  }
}
