package lazaret.site.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A stream over the pieces of a file. It has one piece in heap, which is compared with its digest
/// before its bytes are given. A piece is read as a whole: radosgw of Debian 13 on its database
/// answers requests for ranges with other bytes. For one thread.
final class PieceStream extends InputStream {
  private final ObjectStore objects;
  private final PieceLayout layout;
  private final Bytes digests;
  private long position;

  /// The position of the piece in the file.
  private long start;

  private Bytes piece = Bytes.EMPTY;

  private PieceStream(ObjectStore objects, PieceLayout layout, long position) throws IOException {
    this.objects = objects;
    this.layout = layout;
    this.position = position;
    this.digests = whole(PieceLayout.digestsKey(layout.id()), layout.digestsLength());
  }

  /// Opens a stream. The first piece is read at once, so that a file that was deleted is refused
  /// here.
  ///
  /// @param from the position of the first byte, at most the length of the file
  /// @throws IOException if it cannot be read, or has other bytes than were put
  static PieceStream open(ObjectStore objects, PieceLayout layout, long from) throws IOException {
    PieceStream stream = new PieceStream(objects, layout, from);
    if (from < layout.length()) {
      stream.load();
    }
    return stream;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, into.length);
    if (count == 0) {
      return 0;
    }
    if (position >= layout.length()) {
      return -1;
    }
    if (position >= start + piece.length()) {
      load();
    }
    int at = (int) (position - start);
    int read = Math.min(count, piece.length() - at);
    System.arraycopy(piece.array(), at, into, offset, read);
    position += read;
    return read;
  }

  /// Reads the piece at the position. The one before it leaves the heap first.
  private void load() throws IOException {
    piece = Bytes.EMPTY;
    long number = position / layout.piece();
    ObjectKey key = PieceLayout.pieceKey(layout.id(), number);
    Bytes bytes = whole(key, layout.pieceLength(number));
    String digest =
        new String(
            digests.array(),
            Math.toIntExact(number * PieceLayout.DIGEST_LINE),
            PieceLayout.DIGEST_LINE - 1,
            StandardCharsets.US_ASCII);
    if (!Sha256.of(bytes).hex().equals(digest)) {
      throw new IOException("the object '" + key + "' has other bytes than were put");
    }
    start = number * layout.piece();
    piece = bytes;
  }

  private Bytes whole(ObjectKey key, int length) throws IOException {
    Bytes bytes =
        objects
            .get(key, length)
            .orElseThrow(() -> new IOException("the object '" + key + "' is missing"));
    if (bytes.length() != length) {
      throw new IOException("the object '" + key + "' has another length");
    }
    return bytes;
  }
}
