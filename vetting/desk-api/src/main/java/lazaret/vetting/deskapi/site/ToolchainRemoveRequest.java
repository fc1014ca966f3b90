package lazaret.vetting.deskapi.site;

import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;

/// An order to remove a toolchain.
///
/// @param channel the channel
/// @param reason the reason, for the ledger
public record ToolchainRemoveRequest(@InPath String channel, @InQuery String reason) {}
