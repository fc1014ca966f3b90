package lazaret.e2e.cluster.harness;

import lazaret.testkit.RequestNumber;
import lazaret.testkit.objects.ObjectFault;
import lazaret.testkit.wire.Hold;
import lazaret.testkit.wire.PostgresWireProxy;

/// A step of a server, at which a message to the database or the object store is held.
public enum NodeStep {
  /// The server has the lease of an artifact, and does not know it.
  ADMISSION_LEASE_TAKEN(Message.REPLY, "artifact/", "INSERT INTO lazaret.lease"),
  /// The lease is extended while upstream is slow.
  ADMISSION_LEASE_EXTENDED(Message.STATEMENT, "artifact/", "UPDATE lazaret.lease"),
  /// The row of the upload is committed.
  ADMISSION_BEGUN(Message.REPLY, "INSERT INTO lazaret.object", "COMMIT"),
  /// The upload is under way, and arrives late.
  ADMISSION_UPLOAD(Message.PUT, "", "*/objects/*"),
  /// The object is there.
  ADMISSION_UPLOADED(Message.PUT_REPLY, "", "*/objects/*"),
  /// The commit that names the object is under way, and arrives late.
  ADMISSION_COMMIT(Message.STATEMENT, "INSERT INTO lazaret.artifact (", "COMMIT"),
  /// The object is named.
  ADMISSION_COMMITTED(Message.REPLY, "INSERT INTO lazaret.artifact (", "COMMIT"),
  /// The lease is given back.
  ADMISSION_LEASE_ENDED(Message.STATEMENT, "artifact/", "DELETE FROM lazaret.lease"),
  /// The decision takes its place in the order of all, with the row `cluster` locked.
  DECISION_PLACE(Message.STATEMENT, NodeStep.CRATE, "UPDATE lazaret.cluster"),
  /// The commit of the decision is under way, and arrives late.
  DECISION_COMMIT(Message.STATEMENT, NodeStep.CRATE, "COMMIT"),
  /// The decision is committed, and not recorded outside of the database.
  DECISION_COMMITTED(Message.REPLY, NodeStep.CRATE, "COMMIT"),
  /// The decision is recorded in the data folder, and not acknowledged.
  DECISION_RECORDED(Message.PUT, "", "*/heads/*"),
  /// A beat is under way.
  BEAT(Message.STATEMENT, "", "SET beat = beat + 1"),
  /// A beat is committed.
  BEAT_DONE(Message.REPLY, "", "SET beat = beat + 1");

  /// The place of the name of a crate.
  private static final String CRATE = "CRATE";

  private final Message message;
  private final String inside;
  private final String text;

  /// The kinds of messages.
  private enum Message {
    STATEMENT,
    REPLY,
    PUT,
    PUT_REPLY
  }

  /// @param inside a text of a statement of the same transaction
  /// @param text a text of the statement, or the pattern of the path of an object
  NodeStep(Message message, String inside, String text) {
    this.message = message;
    this.inside = inside;
    this.text = text;
  }

  /// Returns whether a decision reaches the step.
  public boolean isDecision() {
    return name().startsWith("DECISION");
  }

  /// Returns whether the fetch of an artifact reaches the step.
  public boolean isAdmission() {
    return name().startsWith("ADMISSION");
  }

  /// Holds the message of the step once.
  ///
  /// @param crate the collision key of the crate on which is decided
  public void hold(SceneNode node, String crate, Hold hold) {
    PostgresWireProxy.Statement statement =
        PostgresWireProxy.Statement.first(inside.replace(CRATE, crate), text);
    switch (message) {
      case STATEMENT -> node.wire().holdRequest(statement, hold);
      case REPLY -> node.wire().holdReply(statement, hold);
      case PUT ->
          node.objects()
              .script("PUT", text, RequestNumber.only(1), new ObjectFault.HoldRequest(hold));
      case PUT_REPLY ->
          node.objects()
              .script("PUT", text, RequestNumber.only(1), new ObjectFault.HoldReply(hold));
    }
  }
}
