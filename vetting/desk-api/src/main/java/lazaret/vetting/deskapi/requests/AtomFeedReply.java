package lazaret.vetting.deskapi.requests;

import lazaret.vetting.Bytes;

/// An Atom feed (RFC 4287).
///
/// @param atom the document in UTF-8, in JSON as base64
public record AtomFeedReply(Bytes atom) {}
