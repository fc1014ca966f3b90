package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for one entry of the queue.
///
/// @param name the crate
/// @param version the version; build metadata may be omitted if it is unambiguous
public record QueuedVersionRequest(@InPath CrateName name, @InPath CrateVersion version) {}
