package lazaret.site.store;

import lazaret.storage.objects.ObjectKey;
import lazaret.vetting.crates.Sha256;

/// The places of the bytes of a file in a store of objects.
///
/// @param id the id of the upload
/// @param length the length of the file, in bytes
/// @param piece the length of its pieces, in bytes; the last one may be shorter
record PieceLayout(String id, long length, int piece) {
  /// The first characters of the keys of all pieces and digests.
  static final String PIECES = "site-pieces/";

  /// The length of the digest of a piece, in bytes.
  static final int DIGEST_LINE = 2 * Sha256.LENGTH + 1;

  /// Returns the first characters of the keys of an upload.
  static String beginning(String id) {
    return PIECES + id + '/';
  }

  /// Returns the key of a piece.
  static ObjectKey pieceKey(String id, long number) {
    return new ObjectKey(beginning(id) + "%06d".formatted(number));
  }

  /// Returns the key of the digests of all pieces.
  static ObjectKey digestsKey(String id) {
    return new ObjectKey(beginning(id) + "digests");
  }

  /// Returns the length of a piece.
  int pieceLength(long number) {
    return (int) Math.min(piece, length - number * piece);
  }

  /// Returns the length of the digests of all pieces.
  int digestsLength() {
    return Math.toIntExact(Math.ceilDiv(length, piece) * DIGEST_LINE);
  }

  /// Returns the maximum heap that a stream uses: one piece, and the digests.
  int heap() {
    return pieceLength(0) + digestsLength();
  }
}
