package lazaret.vetting.deskapi.site;

import java.util.List;

/// Files of a site.
///
/// @param files the files by path
/// @param usedBytes the size of all files of all collections
public record SiteFilesReply(List<SiteFileInfo> files, long usedBytes) {
  public SiteFilesReply {
    files = List.copyOf(files);
  }
}
