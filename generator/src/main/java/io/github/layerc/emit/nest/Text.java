package io.github.layerc.emit.nest;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;

/** One piece of code in the making, with the types that JavaPoet imports. */
final class Text {
    private final StringBuilder format = new StringBuilder();
    private final List<Object> types = new ArrayList<>();

    Text add(String text) {
        format.append(text.replace("$", "$$"));
        return this;
    }

    Text add(TypeName type) {
        format.append("$T");
        types.add(type);
        return this;
    }

    CodeBlock build() {
        return CodeBlock.of(format.toString(), types.toArray());
    }
}
