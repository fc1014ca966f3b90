package lazaret.vetting.deskapi.site;

import lazaret.vetting.Bytes;

/// A part of the file of a tree.
///
/// @param part the bytes, in JSON as base64; empty after the last one
/// @param total the length of the whole file
public record GitSourceTreeReply(Bytes part, long total) {}
