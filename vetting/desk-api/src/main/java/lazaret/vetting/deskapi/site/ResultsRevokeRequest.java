package lazaret.vetting.deskapi.site;

import java.util.List;
import lazaret.vetting.crates.Sha256;

/// An order to use some results no more.
///
/// @param keys the ids of keys, as the state of results names them
/// @param archives the SHA-256 of archives
/// @param reason the reason, for the ledger: 1 to 2,000 characters
public record ResultsRevokeRequest(List<Sha256> keys, List<Sha256> archives, String reason) {}
