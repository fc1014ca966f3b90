package lazaret.vetting.crates;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.security.MessageDigest;
import java.util.Optional;

/// SHA-256 by the OpenSSL library of the system. It hashes 1.5 GB a second from the first byte on.
/// The JDK's own digest is as fast only in code of the optimizing compiler, which a command of a
/// few seconds hardly reaches (ADR 67). The state lies in an array, so that no native memory is
/// allocated. Not thread-safe.
///
/// Source: SHA256_Init(3ssl) of OpenSSL 3.
final class OpenSslSha256 extends MessageDigest implements Cloneable {
  /// The library with its binary interface: the functions and the state of 112 bytes are the same
  /// in all versions with this name.
  private static final String LIBRARY = "libcrypto.so.3";

  private static final int STATE_INTS = 32;

  /// The most bytes of one call, during which the garbage collector waits.
  private static final int MOST = 256 << 10;

  private final Functions functions;
  private final int[] state;

  /// The functions of the library.
  private record Functions(MethodHandle init, MethodHandle update, MethodHandle finish) {}

  private OpenSslSha256(Functions functions, int[] state) {
    super("SHA-256");
    this.functions = functions;
    this.state = state;
  }

  /// Loads the library of the system.
  ///
  /// @return an unused digest; empty if the system has no OpenSSL 3 with these functions
  static Optional<MessageDigest> load() {
    return load(LIBRARY);
  }

  /// Loads a library.
  ///
  /// @param library its file name, for which the system searches
  @SuppressWarnings("restricted")
  static Optional<MessageDigest> load(String library) {
    try {
      SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
      Functions functions =
          new Functions(
              function(symbols, "SHA256_Init", ValueLayout.ADDRESS),
              function(
                  symbols,
                  "SHA256_Update",
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_LONG),
              function(symbols, "SHA256_Final", ValueLayout.ADDRESS, ValueLayout.ADDRESS));
      var digest = new OpenSslSha256(functions, new int[STATE_INTS]);
      digest.engineReset();
      return Optional.of(digest);
    } catch (IllegalArgumentException | IllegalCallerException _) {
      // There is no such library or function, or native access is not enabled.
      return Optional.empty();
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(
      SymbolLookup symbols, String name, ValueLayout... arguments) {
    MemorySegment address =
        symbols.find(name).orElseThrow(() -> new IllegalArgumentException("no function " + name));
    return Linker.nativeLinker()
        .downcallHandle(
            address,
            FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
            Linker.Option.critical(true));
  }

  @Override
  protected void engineUpdate(byte input) {
    engineUpdate(new byte[] {input}, 0, 1);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    MemorySegment data = MemorySegment.ofArray(input).asSlice(offset, length);
    for (long from = 0; from < length; from += MOST) {
      long count = Math.min(MOST, length - from);
      try {
        checked(
            (int)
                functions.update.invokeExact(
                    MemorySegment.ofArray(state), data.asSlice(from, count), count));
      } catch (Throwable e) {
        throw failed(e);
      }
    }
  }

  @Override
  protected byte[] engineDigest() {
    byte[] digest = new byte[Sha256.LENGTH];
    try {
      checked(
          (int)
              functions.finish.invokeExact(
                  MemorySegment.ofArray(digest), MemorySegment.ofArray(state)));
    } catch (Throwable e) {
      throw failed(e);
    }
    engineReset();
    return digest;
  }

  @Override
  protected int engineGetDigestLength() {
    return Sha256.LENGTH;
  }

  @Override
  protected void engineReset() {
    try {
      checked((int) functions.init.invokeExact(MemorySegment.ofArray(state)));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// Returns a digest of the same bytes, which continues on its own.
  @Override
  public Object clone() {
    return new OpenSslSha256(functions, state.clone());
  }

  private static void checked(int result) {
    if (result != 1) {
      throw new IllegalStateException("OpenSSL reported a failure of SHA-256");
    }
  }

  /// A call declares that it throws anything, and throws only what [#checked] does.
  private static RuntimeException failed(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
