package lazaret.vetting.hosting.api;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.UnknownFields;

/// The body of an upload. It has the length of a JSON document as a 32-bit number with the least
/// byte first, the document, the length of the archive, and the archive. Of the document, name and
/// version alone are read.
///
/// Source: Cargo reference, *Registry Web API*, *Publish*.
///
/// @param name the name that the document states
/// @param version the version that the document states
/// @param archive the `.crate` file
public record PublishBody(String name, String version, Bytes archive) {
  /// The longest document, in bytes.
  public static final int MAX_DOCUMENT = 1 << 20;

  /// The bytes of both lengths.
  public static final int LENGTHS = 2 * Integer.BYTES;

  private static final RecordCodec JSON =
      RecordCodec.of(
          List.of(),
          new JsonLimits(MAX_DOCUMENT, 64, 200_000),
          UnknownFields.IGNORED,
          "the description of the version");

  /// The part of the document that is read.
  ///
  /// @param name the name of the crate
  /// @param vers the version
  record Stated(String name, String vers) {}

  /// Reads a body.
  ///
  /// @throws MalformedException if a length does not fit, the document is not one, or bytes follow
  public static PublishBody parse(Bytes body) {
    ByteBuffer in = ByteBuffer.wrap(body.array(), 0, body.length()).order(ByteOrder.LITTLE_ENDIAN);
    Bytes document = part(in, body, "description", MAX_DOCUMENT);
    Bytes archive = part(in, body, "archive", Integer.MAX_VALUE);
    if (in.hasRemaining()) {
      throw new MalformedException(
          "cannot read the upload: expected nothing after the archive, found %d bytes"
              .formatted(in.remaining()));
    }
    Stated stated = JSON.decode(Stated.class, document);
    return new PublishBody(stated.name(), stated.vers(), archive);
  }

  private static Bytes part(ByteBuffer in, Bytes body, String what, int most) {
    if (in.remaining() < Integer.BYTES) {
      throw new MalformedException(
          "cannot read the upload: expected the length of the %s in 4 bytes, found %d"
              .formatted(what, in.remaining()));
    }
    long length = Integer.toUnsignedLong(in.getInt());
    if (length > most) {
      throw new MalformedException(
          "cannot read the upload: expected a %s of at most %d bytes, found %d"
              .formatted(what, most, length));
    }
    if (length > in.remaining()) {
      throw new MalformedException(
          "cannot read the upload: expected %d bytes of the %s, found %d"
              .formatted(length, what, in.remaining()));
    }
    int from = in.position();
    in.position(from + (int) length);
    return Bytes.copyOf(body.array(), from, (int) length);
  }
}
