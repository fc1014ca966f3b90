package lazaret.bundle.keys;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import lazaret.bundle.trust.PublicKeyForms;
import lazaret.bundle.trust.TestStream;
import lazaret.bundle.tuf.CanonicalJson;
import lazaret.bundle.tuf.JsonFields;
import lazaret.bundle.tuf.JsonTreeReader;
import lazaret.bundle.tuf.JsonValue;
import lazaret.vetting.Bytes;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/// The program of a signing device, with the keys of a name in [TestStream].
final class DeviceProgram {
  private DeviceProgram() {}

  public static void main(String[] words) throws IOException, CryptoException {
    JsonFields question =
        JsonFields.of(
            JsonTreeReader.read(Bytes.of(System.in.readAllBytes()), "the question"), "question");
    if (!question.text("format").equals("lazaret-signer/1")) {
      throw new IOException("unknown format");
    }
    SigningPair pair = TestStream.pair(words[0]);
    if (question.text("operation").equals("public-keys")) {
      print(
          Map.of(
              "ed25519", pair.publicPair().classical().form(),
              "ml-dsa", pair.publicPair().mlDsa().form()));
      return;
    }
    byte[] message = Base64.getDecoder().decode(question.text("message"));
    String signature =
        List.of(words).contains("mute")
            ? "00"
            : switch (question.text("scheme")) {
              case "ed25519" -> pair.classical().sign(Bytes.of(message));
              default -> mlDsa(words[0], message);
            };
    print(Map.of("signature", PublicKeyForms.text(signature)));
  }

  /// Signs a message without knowledge of its origin, as a device does.
  private static String mlDsa(String name, byte[] message) throws CryptoException {
    var signer = new MLDSASigner();
    signer.init(
        true, new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, TestStream.seed(name, 2)));
    signer.update(message, 0, message.length);
    return HexFormat.of().formatHex(signer.generateSignature());
  }

  private static void print(Map<String, JsonValue> fields) {
    System.out.println(CanonicalJson.document(PublicKeyForms.object(fields)).text());
  }
}
