/// The bytes of artifacts in a store of objects, with a row of the database for each upload.
///
/// An upload has a generation, which a sequence gives and which is part of its key. Its row goes
/// from begun to live or dead, and from live to dead. A dead row never changes its state again, and
/// no later upload has its key. An operation of a node that was stopped for hours therefore reaches
/// an object that is not in use, or one that has the same bytes.
@NullMarked
package lazaret.storage.postgres.object;

import org.jspecify.annotations.NullMarked;
