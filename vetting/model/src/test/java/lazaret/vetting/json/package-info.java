@NullMarked
package lazaret.vetting.json;

import org.jspecify.annotations.NullMarked;
