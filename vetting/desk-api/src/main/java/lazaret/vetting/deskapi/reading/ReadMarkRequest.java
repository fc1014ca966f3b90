package lazaret.vetting.deskapi.reading;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// An order to record that the caller read parts of a version, or that this was a mistake.
///
/// @param name the crate
/// @param version the reviewed version
/// @param base the version with which it was compared; null for the version with the least to read
/// @param unread whether the parts are not read any longer
/// @param files the parts, 1 to 2,000
public record ReadMarkRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    @InQuery @Nullable CrateVersion base,
    boolean unread,
    List<ReadMarkInfo> files) {
  public ReadMarkRequest {
    files = List.copyOf(files);
  }
}
