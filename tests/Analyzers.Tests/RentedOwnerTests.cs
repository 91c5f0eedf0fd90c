namespace LifetimeAnalyzers.Tests;

/// <summary>Objects around a rented buffer, made and disposed of by one body.</summary>
public class RentedOwnerTests
{
    private const string Builder = """
        using System;
        using System.Buffers;

        ref struct Builder
        {
            private byte[] _buffer;
            private int _length;

            public Builder(int capacity)
            {
                _buffer = ArrayPool<byte>.Shared.Rent(capacity);
                _length = 0;
            }

            public void Append(byte value)
            {
                if (_length + 1 > _buffer.Length)
                {
                    var grown = ArrayPool<byte>.Shared.Rent(_length + 1);
                    Buffer.BlockCopy(_buffer, 0, grown, 0, _length);
                    ArrayPool<byte>.Shared.Return(_buffer);
                    _buffer = grown;
                }

                _buffer[_length++] = value;
            }

            public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

            public void Dispose()
            {
                if (_length != -1)
                {
                    ArrayPool<byte>.Shared.Return(_buffer);
                    _length = -1;
                }
            }
        }

        """;

    [Fact]
    public Task Length_that_tells_whether_it_is_disposed_of_IsSilent() => Verify.AnalyzerAsync(Builder + """
        class C
        {
            static byte[] Copy(byte[] text, bool twice)
            {
                using var builder = new Builder(16);
                foreach (var value in text)
                {
                    if (value == 13)
                    {
                        continue;
                    }

                    builder.Append(value);
                    if (twice)
                    {
                        builder.Append(value);
                    }
                }

                return builder.ToArray();
            }
        }
        """);

    [Fact]
    public Task Early_return_before_it_is_disposed_of_Triggers() => Verify.AnalyzerAsync(Builder + """
        class C
        {
            static byte[] Copy(byte[] text, bool no)
            {
                var builder = {|LIFE016:new Builder(16)|};
                if (no)
                {
                    return text;
                }

                builder.Append(text[0]);
                var copy = builder.ToArray();
                builder.Dispose();
                return copy;
            }
        }
        """);
}
