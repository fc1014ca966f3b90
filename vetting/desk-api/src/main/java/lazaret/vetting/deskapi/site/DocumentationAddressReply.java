package lazaret.vetting.deskapi.site;

import java.time.Instant;

/// The address of the pages of a version for the caller.
///
/// @param address the address of the first page; a secret of the caller, for this version alone
/// @param expires the time from which the address is void
public record DocumentationAddressReply(String address, Instant expires) {}
