package lazaret.toolchain.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.Packet;

/// A packet of OpenPGP before its body is read. Packets of unknown length and armor with text
/// around it are refused, so that each byte of a document is part of a packet.
///
/// Source: RFC 9580 §4.2 and §6.2.
///
/// @param tag the type of the packet
/// @param body the body, without the header
record PacketFrame(int tag, Bytes body) {
  /// The tag of signatures.
  static final int SIGNATURE = 2;

  /// The tag of primary keys.
  static final int PUBLIC_KEY = 6;

  /// The tag of subkeys.
  static final int PUBLIC_SUBKEY = 14;

  private static final int MAX_PACKETS = 1_000;

  /// Reads the packets of an armored document.
  ///
  /// @param kind the words of the armor: `PUBLIC KEY BLOCK`
  /// @throws MalformedException if the document is not one armored block of whole packets
  static List<PacketFrame> armored(String kind, Bytes document) {
    return split(unarmored(kind, document.text()));
  }

  private static byte[] unarmored(String kind, String text) {
    List<String> lines = text.strip().lines().map(String::strip).toList();
    int blank = lines.indexOf("");
    if (blank < 1
        || !lines.getFirst().equals("-----BEGIN PGP " + kind + "-----")
        || !lines.getLast().equals("-----END PGP " + kind + "-----")
        || lines.stream().filter(line -> line.startsWith("-")).count() != 2) {
      throw malformed("expected one armored " + kind.toLowerCase(Locale.ROOT));
    }
    // The checksum of the armor, which no reader may rely on, begins with `=` (RFC 9580 §6.1).
    List<String> data =
        lines.subList(blank + 1, lines.size() - 1).stream()
            .filter(line -> !line.startsWith("="))
            .toList();
    try {
      return Base64.getDecoder().decode(String.join("", data));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("cannot read OpenPGP: the armor is not base64", e);
    }
  }

  /// Divides a document into its packets.
  ///
  /// @throws MalformedException if it does not consist of whole packets
  static List<PacketFrame> split(byte[] document) {
    List<PacketFrame> packets = new ArrayList<>();
    int at = 0;
    while (at < document.length) {
      int header = document[at++] & 0xff;
      if ((header & 0x80) == 0) {
        throw malformed("expected the header of a packet");
      }
      if (packets.size() == MAX_PACKETS) {
        throw malformed("expected at most %d packets".formatted(MAX_PACKETS));
      }
      boolean current = (header & 0x40) != 0;
      int tag = current ? header & 0x3f : (header & 0x3f) >> 2;
      int octets = current ? currentOctets(document, at) : 1 << (header & 3);
      if (octets == 8 || document.length - at < octets) {
        throw malformed("found a packet without a length");
      }
      long length = current ? currentLength(document, at) : number(document, at, octets);
      at += octets;
      if (length > document.length - at) {
        throw malformed("expected a packet of %d bytes, found fewer".formatted(length));
      }
      packets.add(new PacketFrame(tag, Bytes.copyOf(document, at, (int) length)));
      at += (int) length;
    }
    return packets;
  }

  /// Returns the number of octets of a length in the current format. 8 means a partial length.
  private static int currentOctets(byte[] document, int at) {
    int first = at < document.length ? document[at] & 0xff : 0;
    if (first < 192) {
      return 1;
    }
    if (first < 224) {
      return 2;
    }
    return first == 255 ? 5 : 8;
  }

  private static long currentLength(byte[] document, int at) {
    int first = document[at] & 0xff;
    return switch (currentOctets(document, at)) {
      case 1 -> first;
      case 2 -> ((first - 192L) << 8) + (document[at + 1] & 0xff) + 192;
      default -> number(document, at + 1, 4);
    };
  }

  private static long number(byte[] document, int at, int octets) {
    long number = 0;
    for (int i = 0; i < octets; i++) {
      number = (number << 8) | (document[at + i] & 0xff);
    }
    return number;
  }

  /// Reads the body by the library.
  ///
  /// @param type the class of the packet
  /// @throws MalformedException if the library does not read it as such a packet
  <P extends Packet> P read(Class<P> type) {
    byte[] framed = new byte[6 + body.length()];
    framed[0] = (byte) (0xc0 | tag);
    framed[1] = (byte) 0xff;
    for (int i = 0; i < 4; i++) {
      framed[2 + i] = (byte) (body.length() >>> (24 - 8 * i));
    }
    System.arraycopy(body.array(), 0, framed, 6, body.length());
    try (BCPGInputStream in = new BCPGInputStream(Bytes.of(framed).inputStream())) {
      Packet packet = in.readPacket();
      if (type.isInstance(packet)) {
        return type.cast(packet);
      }
    } catch (IOException | RuntimeException e) {
      // The library reads lengths and numbers of the body without checks of its own.
      throw new MalformedException(
          "cannot read OpenPGP: a packet of the type %d is malformed".formatted(tag), e);
    }
    throw malformed("found a packet of the type " + tag);
  }

  private static MalformedException malformed(String detail) {
    return new MalformedException("cannot read OpenPGP: " + detail);
  }
}
