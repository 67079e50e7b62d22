package io.github.layerc.program.op;

import io.github.layerc.network.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to an element of a product before it is stored, in this order: times the input scale, plus bias, activation, times the
 * derivative of another activation; then the store.
 *
 * @param inputScale whether the factor on stored samples is applied here: {@code s * (x W^T)} for {@code (s * x) W^T}
 * @param bias to add, or null
 * @param activation to apply, identity for none
 * @param derivative whose derivative to multiply with, identity for none
 * @param derivativeAt the activations or pre-activations at which that derivative is taken, or null
 * @param store what the result does to the output
 */
public record Epilogue(
        boolean inputScale,
        Buffer bias,
        Activation activation,
        Activation derivative,
        Buffer derivativeAt,
        Store store) {

    /** What a result does to the element of the output. */
    public enum Store {
        /** {@code out = v}. */
        SET,
        /** {@code out += weight * v}. */
        ADD,
        /** {@code into += factor * v}: the parameters themselves with minus the rate, or an array of their layout. */
        UPDATE
    }

    public static final Epilogue NONE =
            new Epilogue(false, null, Activation.IDENTITY, Activation.IDENTITY, null, Store.SET);

    public Epilogue withInputScale() {
        return new Epilogue(true, bias, activation, derivative, derivativeAt, store);
    }

    public Epilogue withBias(Buffer added) {
        return new Epilogue(inputScale, added, activation, derivative, derivativeAt, store);
    }

    public Epilogue withActivation(Activation applied) {
        return new Epilogue(inputScale, bias, applied, derivative, derivativeAt, store);
    }

    /** The identity's derivative needs no place. */
    public Epilogue withDerivative(Activation of, Buffer at) {
        return new Epilogue(inputScale, bias, activation, of, of.equals(Activation.IDENTITY) ? null : at, store);
    }

    public Epilogue withStore(Store other) {
        return new Epilogue(inputScale, bias, activation, derivative, derivativeAt, other);
    }

    /** The same on other buffers. */
    Epilogue renamed(Op.Renaming renaming) {
        Buffer otherBias = bias == null ? null : renaming.parameters(bias);
        Buffer otherPlace = derivativeAt == null ? null : renaming.in(derivativeAt);
        return new Epilogue(inputScale, otherBias, activation, derivative, otherPlace, store);
    }

    /** The buffers that it reads besides the product's operands. */
    List<Buffer> reads() {
        List<Buffer> reads = new ArrayList<>();
        if (bias != null) {
            reads.add(bias);
        }
        if (derivativeAt != null) {
            reads.add(derivativeAt);
        }
        return reads;
    }

    /** The formula around {@code value}. */
    String around(String value, String out) {
        String formula = inputScale ? "inputScale * " + value : value;
        if (bias != null) {
            formula = formula + " + " + bias;
        }
        if (!activation.equals(Activation.IDENTITY)) {
            formula = activation.keyword() + "(" + formula + ")";
        }
        if (!derivative.equals(Activation.IDENTITY)) {
            formula = formula + " * " + derivative.keyword() + "'(" + derivativeAt + ")";
        }
        return switch (store) {
            case SET -> out + " = " + formula;
            case ADD -> out + " += weight * " + formula;
            case UPDATE -> "into[" + out + "] += factor * " + formula;
        };
    }
}
