package io.github.layerc.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Needs;
import io.github.layerc.emit.nest.Type;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;

/** The constants of a class: what a vector is, sizes of layers, places of parameters. */
final class ConstantsEmitter {
    private final Emission emission;
    private final Network network;
    private final ParameterEmitter parameters;

    ConstantsEmitter(Emission emission, ParameterEmitter parameters) {
        this.emission = emission;
        this.network = emission.network();
        this.parameters = parameters;
    }

    void addTo(TypeSpec.Builder type, Needs needs) {
        if (emission.words().vector()) {
            TypeName vector = emission.words().printer().type(Type.REGISTER);
            TypeName species = ParameterizedTypeName.get(
                    ClassName.get("jdk.incubator.vector", "VectorSpecies"),
                    Argument.element(network.precision()).box());
            type.addField(Members.constant(species, "SPECIES", CodeBlock.of("$T.SPECIES_PREFERRED", vector)));
            type.addField(Members.constant(TypeName.INT, "LANES", CodeBlock.of("SPECIES.length()")));
        }
        needs.constants().forEach(constant -> type.addField(constant.field(network.precision())));
        type.addField(Members.constant(TypeName.INT, "INPUTS", Members.number(network.inputs())));
        for (Layer layer : network.layers()) {
            String units = Names.units(layer.number()).text();
            type.addField(Members.constant(TypeName.INT, units, Members.number(layer.units())));
        }
        needs.unitConstants().forEach(constant -> type.addField(constant.field(network.precision())));
        parameters.constants().forEach(type::addField);
    }
}
