package lazaret.vetting.deskapi.store;

import lazaret.vetting.deskapi.binding.InQuery;

/// A request to prove knowledge of a token.
///
/// @param token the public id of the token: 16 hex digits
/// @param nonce 64 random hex digits, used once
/// @param host host and port as the client was given them, in lower case; `-` on the same machine
/// @param peer the numeric address and port of the connection
public record ProofRequest(
    @InQuery String token, @InQuery String nonce, @InQuery String host, @InQuery String peer) {}
