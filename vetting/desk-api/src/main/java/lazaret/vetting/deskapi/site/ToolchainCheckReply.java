package lazaret.vetting.deskapi.site;

import java.util.List;

/// The result of hashing the files of all toolchains again.
///
/// @param files the number of files
/// @param damaged the paths of files that are missing or have another SHA-256
public record ToolchainCheckReply(int files, List<String> damaged) {
  public ToolchainCheckReply {
    damaged = List.copyOf(damaged);
  }
}
