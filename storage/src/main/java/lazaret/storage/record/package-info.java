/// The binary forms in which things are stored, independent of the engine that keeps them. Every
/// record begins with a byte that names its kind and form and ends with a checksum, so that a
/// flipped bit is found when the record is read and a later form can be told from an earlier one.
@NullMarked
package lazaret.storage.record;

import org.jspecify.annotations.NullMarked;
