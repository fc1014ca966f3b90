package lazaret.cli.desk;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A foreign program that listens on the path of a socket.
public final class PortSquatter {
  private PortSquatter() {}

  /// Listens until it is killed.
  ///
  /// @param arguments the path
  public static void main(String[] arguments) throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
      System.out.println("squats");
      List<SocketChannel> held = new ArrayList<>();
      while (listener.isOpen()) {
        held.add(listener.accept());
        System.out.println("holds " + held.size());
      }
    }
  }
}
