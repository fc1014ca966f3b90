package lazaret.vetting.deskapi.site;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import lazaret.vetting.crates.Sha256;

/// A toolchain that the gate serves to rustup.
///
/// @param channel the channel, as rustup names it
/// @param targets the targets on which it runs
/// @param profile the profile
/// @param components the components beyond the profile
/// @param date the date of the manifest
/// @param manifest the SHA-256 of the manifest
/// @param admitted the time of its admission
/// @param by the person or program that admitted it
/// @param files the number of files of components
/// @param bytes the size of these files
public record ToolchainInfo(
    String channel,
    List<String> targets,
    String profile,
    List<String> components,
    LocalDate date,
    Sha256 manifest,
    Instant admitted,
    String by,
    int files,
    long bytes) {
  public ToolchainInfo {
    targets = List.copyOf(targets);
    components = List.copyOf(components);
  }
}
