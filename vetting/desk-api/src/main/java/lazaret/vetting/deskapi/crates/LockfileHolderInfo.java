package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A lockfile that names a version.
///
/// @param sha256 the SHA-256 of the lockfile
/// @param name the name that the sender gave it
/// @param token the name of the token of the sender
/// @param address the IP address of the sender
/// @param first the time at which it was first sent
/// @param last the time at which it was last sent
public record LockfileHolderInfo(
    Sha256 sha256, String name, String token, String address, Instant first, Instant last) {}
