/// Tests of the desk's unix socket.
@org.jspecify.annotations.NullMarked
package lazaret.mirror.socket;
