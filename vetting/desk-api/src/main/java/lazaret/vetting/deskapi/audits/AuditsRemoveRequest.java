package lazaret.vetting.deskapi.audits;

import lazaret.vetting.deskapi.binding.InPath;

/// An order to remove an import of audits.
///
/// @param peer the name of the import
public record AuditsRemoveRequest(@InPath String peer) {}
