package lazaret.vetting.deskapi;

/// The forms of request bodies.
public enum Body {
  /// No body.
  NONE(0, ""),
  /// A JSON object; the largest contains a lockfile.
  JSON(40 << 20, "application/json"),
  /// Raw bytes: an index file, an artifact or a feed.
  BYTES(256 << 20, "application/octet-stream");

  private final int maxBytes;
  private final String mediaType;

  Body(int maxBytes, String mediaType) {
    this.maxBytes = maxBytes;
    this.mediaType = mediaType;
  }

  /// Returns the largest size in bytes.
  public int maxBytes() {
    return maxBytes;
  }

  /// Returns the media type; empty without a body.
  public String mediaType() {
    return mediaType;
  }
}
