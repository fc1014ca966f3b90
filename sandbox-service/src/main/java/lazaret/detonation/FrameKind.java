package lazaret.detonation;

import lazaret.vetting.MalformedException;

/// The kind of a message on the socket. The numbers and forms never change.
enum FrameKind {
  /// From the gate: [DetonationOrder.Head] in JSON.
  ORDER(1, 4 << 10),
  /// To the gate: no content. The artifact is expected now.
  READY(2, 0),
  /// From the gate: the artifact.
  CRATE(3, DetonationOrder.MAX_BYTES),
  /// To the gate: no content. The order waits or runs.
  ALIVE(4, 0),
  /// To the gate: the evidence, in the JSON of the desk API. 5,000 traces of 500 characters fit,
  /// each of which can be six bytes.
  OBSERVED(5, 16 << 20),
  /// To the gate: a problem, in the JSON of the desk API.
  REFUSED(6, 16 << 10),
  /// From the gate: [DetonationOrder.Head] in JSON, for the documentation of the version. A service
  /// that does not know it answers `REFUSED`.
  DOCUMENT_ORDER(7, 4 << 10),
  /// To the gate: [DocumentationReport] in JSON. The pages came before it.
  DOCUMENTED(8, 1 << 20),
  /// To the gate: the next bytes of the pages, in the form of [PageStreamWriter].
  PAGES(9, 1 << 20);

  private final int number;
  private final int maxBytes;

  FrameKind(int number, int maxBytes) {
    this.number = number;
    this.maxBytes = maxBytes;
  }

  /// Returns the first byte of a message of this kind.
  int number() {
    return number;
  }

  /// Returns the largest content in bytes.
  int maxBytes() {
    return maxBytes;
  }

  /// Returns the kind with a number.
  ///
  /// @throws MalformedException if there is none
  static FrameKind of(int number) {
    for (FrameKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new MalformedException(
        "cannot read a message: expected a kind from 1 to %d, found %d"
            .formatted(values().length, number));
  }
}
