package lazaret.vetting.deskapi.store;

/// A proof of knowledge of a token.
///
/// @param proof the HMAC-SHA-256 in hex
public record ProofReply(String proof) {}
