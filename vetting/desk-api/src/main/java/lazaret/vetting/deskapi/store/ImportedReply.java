package lazaret.vetting.deskapi.store;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A file of another mirror that was imported.
///
/// @param name the crate
/// @param version the version; null for an index file
public record ImportedReply(CrateName name, @Nullable CrateVersion version) {}
