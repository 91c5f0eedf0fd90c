namespace LifetimeAnalyzers.Families.Tests;

/// <summary>Imported functions that belong together by their names, without a word from anybody.</summary>
public sealed class ImportPairTests
{
    [Theory]
    [InlineData("foo_create", "foo_destroy")]
    [InlineData("fooCreate", "fooDestroy")]
    [InlineData("CreateFoo", "DestroyFoo")]
    [InlineData("OpenFooW", "CloseFoo")]
    [InlineData("foo_new", "foo_free")]
    [InlineData("foo_new", "foo_delete")]
    [InlineData("NewFoo", "DeleteFoo")]
    [InlineData("foo_ctx_new", "foo_ctx_free")]
    [InlineData("foo_ctx_new_with_size", "foo_ctx_free")]
    [InlineData("foo_ctx_new_simple", "foo_ctx_free")]
    [InlineData("FOO_createCCtx", "FOO_freeCCtx")]
    [InlineData("foo3_open_v2", "foo3_close")]
    [InlineData("foo_alloc", "foo_dealloc")]
    [InlineData("foo_init", "foo_cleanup")]
    [InlineData("foo_clone", "foo_drop")]
    [InlineData("foo_load_model_from_file", "foo_free_model")]
    [InlineData("foo_acquire", "foo_release")]
    [InlineData("foo_init", "foo_exit")]
    public void Two_functions_are_a_pair_by_their_names(string gives, string releases)
    {
        string imports = $"""[DllImport("foo")] public static extern nint {gives}(); [DllImport("foo")] public static extern void {releases}(nint foo);""";

        var contract = Of(imports, $"C.{gives}()")!;
        Assert.Equal((BlockPlace.Result, true, "C." + releases), (contract.Gives, contract.MayGiveNull, contract.Family!.ReleaseText));
        Assert.Equal(Handover.Releases, Of(imports, $"C.{releases}(0)")!.HandoverOf(0));
    }

    [Theory]
    [InlineData("nint foo_new();", "void bar_free(nint bar);")]
    [InlineData("nint foo_get();", "void foo_free(nint foo);")]
    [InlineData("nint foo_get_new();", "void foo_free(nint foo);")]
    [InlineData("nint foo_create_simple_window();", "void foo_free(nint foo);")]
    [InlineData("nint foo_new();", "void foo_reset(nint foo);")]
    [InlineData("nint foo_open();", "void foo_drop(nint foo);")]
    [InlineData("int foo_new();", "void foo_free(int foo);")]
    [InlineData("nuint foo_init(nint foo);", "nuint foo_free(nint foo);")]
    [InlineData("nint foo_init(nint foo);", "void foo_free(nint foo);")]
    [InlineData("nint foo_acquire(nint foo);", "void foo_release(nint foo);")]
    [InlineData("nint foo_new();", "void foo_free(nint pool, nint foo);")]
    [InlineData("nint foo_new();", "void foo_free(int index);")]
    [InlineData("nint foo_new();", "void foo_free();")]
    [InlineData("nint foo_new();", "nint foo_free(nint foo);")]
    [InlineData("void foo_new(out nint foo, out nint bar);", "void foo_free(nint foo);")]
    [InlineData("int* foo_new();", "void foo_free(long* foo);")]
    [InlineData("SafeHandle foo_new();", "void foo_free(nint foo);")]
    public void Two_functions_are_no_pair(string gives, string releases) =>
        Assert.Null(Of($"""[DllImport("foo")] public static extern {gives} [DllImport("foo")] public static extern {releases}""", Call(gives))?.Family);

    [Theory]
    [InlineData("void foo_retain(nint foo);", false)]
    [InlineData("nint foo_ref(nint foo);", false)]
    [InlineData("nint foo_realloc(nint foo, int size);", true)]
    [InlineData("void foo_destroy(nint foo);", true)]
    [InlineData("void foo_close(nint foo);", false)]
    [InlineData("void foo_free_v2(nint foo);", false)]
    [InlineData("void bar_retain(nint bar);", false)]
    public void A_third_function_may_leave_a_doubt(string third, bool doubt)
    {
        string imports = $"""[DllImport("foo")] public static extern nint foo_new(); [DllImport("foo")] public static extern void foo_free(nint foo); [DllImport("foo")] public static extern {third}""";

        Assert.Equal(doubt, Of(imports, "C.foo_new()")?.Family is null);
    }

    [Theory]
    [InlineData("nint foo_new();", "void foo_free(nint foo);", "void foo_retain(nint foo);", true)]
    [InlineData("nint foo_new();", "void foo_unref(nint foo);", "int foo_get(nint foo);", true)]
    [InlineData("nint foo_new();", "void foo_free(nint foo);", "int foo_get(nint foo);", false)]
    [InlineData("nint foo_new();", "void foo_free(nint foo);", "void bar_ref(nint bar);", false)]
    public void Holders_may_be_counted(string gives, string releases, string third, bool counted)
    {
        string imports = $"""[DllImport("foo")] public static extern {gives} [DllImport("foo")] public static extern {releases} [DllImport("foo")] public static extern {third}""";

        Assert.Equal(counted, Of(imports, "C.foo_new()")!.Family!.IsCounted);
    }

    [Theory]
    [InlineData("nint foo_image_surface_create();", "void foo_surface_destroy(nint surface);", true)]
    [InlineData("nint foo_image_surface_create();", "void foo_image_destroy(nint image);", false)]
    [InlineData("nint bar_image_surface_create();", "void foo_surface_destroy(nint surface);", false)]
    public void A_wider_kind_may_release(string gives, string releases, bool arePair) =>
        Assert.Equal(arePair, Of($"""[DllImport("foo")] public static extern {gives} [DllImport("foo")] public static extern {releases}""", Call(gives))?.Family is not null);

    [Theory]
    [InlineData("bool foo_open(out nint foo)", "C.foo_open(out var p)", nameof(ResultTest.True), -1)]
    [InlineData("int foo_open(string path, out nint foo)", "C.foo_open(\"\", out var p)", nameof(ResultTest.Zero), -1)]
    [InlineData("Status foo_open(out nint foo)", "C.foo_open(out var p)", nameof(ResultTest.Zero), -1)]
    [InlineData("void foo_open(out nint foo)", "C.foo_open(out var p)", nameof(ResultTest.None), -1)]
    [InlineData("void foo_open(out nint foo, out int error)", "C.foo_open(out var p, out var e)", nameof(ResultTest.Zero), 1)]
    public void A_block_may_come_by_a_parameter(string gives, string call, string test, int tested)
    {
        var contract = Of($"""[DllImport("foo")] public static extern {gives}; [DllImport("foo")] public static extern void foo_close(nint foo); public enum Status""" + " { Ok, Failed }", call)!;

        Assert.Equal((BlockPlace.Parameter, test, tested), (contract.Gives, contract.GivesWhen.ToString(), contract.TestedParameter));
    }

    [Theory]
    [InlineData("Kind foo_open(out nint foo)")]
    [InlineData("nint foo_open(out nint foo)")]
    public void A_result_that_may_mean_anything_makes_no_pair(string gives) =>
        Assert.Null(Of($"""[DllImport("foo")] public static extern {gives}; [DllImport("foo")] public static extern void foo_close(nuint foo); public enum Kind""" + " { Failed, Fine }", "C.foo_open(out var p)")?.Family);

    [Theory]
    [InlineData("if (C.foo_open(out var p) != 0) throw new Exception();", "Zero")]
    [InlineData("if (C.foo_open(out var p) == 0) { C.foo_close(p); }", "Zero")]
    [InlineData("var rc = C.foo_open(out var p); if (rc != OK) return;", "Zero")]
    [InlineData("var rc = C.foo_open(out var p); Console.Write(rc); if (rc == 0) return;", "Zero")]
    [InlineData("C.foo_open(out var p);", "Zero")]
    [InlineData("if (C.foo_open(out var p) == 0) throw new Exception();", "NonZero")]
    [InlineData("nint p; if (!(C.foo_open(out p) != 0)) return;", "NonZero")]
    [InlineData("nint p; bool Open() => C.foo_open(out p) != 0;", "NonZero")]
    [InlineData("nint p; int rc; if ((rc = C.foo_open(out p)) < 0) { Console.Write(rc); return; }", "NonNegative")]
    [InlineData("nint p; if (C.foo_open(out p) == 0) return; if (C.foo_open(out p) != 0) return;", null)]
    [InlineData("nint p; if (C.foo_open(out p) == 3) return;", null)]
    [InlineData("nint p; if (C.foo_open(out p) > 0) return;", null)]
    public void What_a_number_means_shows_in_what_callers_do(string elsewhere, string? test) =>
        Assert.Equal(test, Of("""[DllImport("foo")] public static extern int foo_open(out nint foo); [DllImport("foo")] public static extern void foo_close(nint foo);""", "C.foo_open(out var q)", "", "const int OK = 0; " + elsewhere)?.GivesWhen.ToString());

    [Theory]
    [InlineData("int fooCreateFence(nint device, nint info, nint allocator, out nint fence);", "void fooDestroyFence(nint device, nint fence, nint allocator);", 1)]
    [InlineData("int fooCreateInstance(nint info, nint allocator, out nint instance);", "void fooDestroyInstance(nint instance, nint allocator);", 0)]
    [InlineData("nint foo_new(nint pool);", "void foo_free(nint pool, nint foo);", 1)]
    [InlineData("int fooMapMemory(nint device, nint memory, out nint data);", "void fooUnmapMemory(nint device, nint memory);", -1)]
    [InlineData("int fooMapMemory(nint device, nint block, out nint data);", "void fooUnmapMemory(nint device, nint memory);", -1)]
    [InlineData("nint foo_new(int size);", "void foo_free(nint pool, nint foo);", -1)]
    public void A_release_may_be_handed_more(string gives, string releases, int place)
    {
        string imports = $"""[DllImport("foo")] public static extern {gives} [DllImport("foo")] public static extern {releases}""";

        Assert.Equal(place >= 0, Of(imports, Call(gives))?.Family is not null);
        if (place >= 0)
        {
            Assert.Equal(Handover.Releases, Of(imports, Call(releases))!.HandoverOf(place));
        }
    }

    [Theory]
    [InlineData("int foo_commit_tree(out nint tree, nint commit);", "void foo_tree_free(nint tree);", true)]
    [InlineData("int foo_repository_head(out nint reference, nint repository);", "void foo_reference_free(nint reference);", true)]
    [InlineData("int foo_reference_lookup(out nint reference, nint repository);", "void foo_reference_free(nint reference);", true)]
    [InlineData("int foo_get_device_list(nint context, out nint list);", "void foo_free_device_list(nint list, int unref);", true)]
    [InlineData("int foo_get(nint store, int key, out nint value);", "void foo_free(nint value);", true)]
    [InlineData("int foo_iter(nint store, out nint iterator);", "void foo_iter_close(nint iterator);", true)]
    [InlineData("int foo_read_next_entry(nint archive, out nint entry);", "void foo_entry_free(nint entry);", false)]
    [InlineData("int foo_get(nint table, int key, out nint value);", "void foo_free(nint table);", false)]
    [InlineData("int foo_get(nint table, out nint ptr);", "void foo_free(nint ptr);", false)]
    [InlineData("void foo_commit_tree(out nint tree, nint commit);", "void foo_tree_free(nint tree);", false)]
    [InlineData("int foo_tree_of(nint tree, out nint child);", "void foo_tree_free(nint tree);", false)]
    [InlineData("int foo_tree_other(nint tree, out nint tree2);", "void foo_tree_free(nint tree);", false)]
    public void An_out_parameter_may_say_what_is_given(string gives, string releases, bool arePair) =>
        Assert.Equal(arePair, Of($"""[DllImport("foo")] public static extern {gives} [DllImport("foo")] public static extern {releases}""", Call(gives))?.Family is not null);

    [Fact]
    public void What_is_made_by_name_may_only_be_shown_by_others()
    {
        const string Imports = """[DllImport("foo")] public static extern nint foo_node_new(); [DllImport("foo")] public static extern void foo_node_free(nint node); [DllImport("foo")] public static extern int foo_config_get_node(nint config, out nint node);""";

        Assert.Null(Of(Imports, "C.foo_config_get_node(0, out var p)")?.Family);
    }

    [Theory]
    [InlineData("int foo_commit(nint transaction);", "void foo_abort(nint transaction);", true)]
    [InlineData("int foo_commit(nint transaction);", "void foo_wait(nint transaction);", false)]
    [InlineData("int foo_commit(nint transaction);", "void foo_destroy(nint transaction);", false)]
    public void What_is_begun_ends_in_one_of_two_ways(string one, string other, bool arePair)
    {
        string imports = $"""[DllImport("foo")] public static extern int foo_begin(out nint transaction); [DllImport("foo")] public static extern {one} [DllImport("foo")] public static extern {other}""";

        Assert.Equal(arePair, Of(imports, "C.foo_begin(out var p)")?.Family is not null);
        Assert.Equal(arePair, Of(imports, Call(one))?.HandoverOf(0) == Handover.Releases);
    }

    [Theory]
    [InlineData("var p = C.foo_exec(); try { } finally { C.foo_clear(p); }", true)]
    [InlineData("nint p = C.foo_exec(); if (p != 0) C.foo_clear(p);", true)]
    [InlineData("nint p; p = (nint)C.foo_exec(); C.foo_clear(p); p = 0;", true)]
    [InlineData("nint p = C.foo_exec(); if (C.foo_size(p) == 0) C.foo_clear(p);", false)]
    [InlineData("nint p = C.foo_exec(); C.foo_clear(p); C.foo_size(p);", false)]
    [InlineData("nint p = C.foo_exec(); C.foo_clear(p); C.foo_free(p);", false)]
    [InlineData("nint p = C.foo_exec(); C.foo_clear(p); C.foo_exec(); C.foo_exec(); C.foo_exec(); C.foo_exec();", false)]
    [InlineData("nint q = 0; nint p = C.foo_exec(); C.foo_clear(q);", false)]
    [InlineData("nint p = C.foo_exec(); C.foo_reset(p);", false)]
    public void The_source_may_use_two_functions_as_a_pair(string use, bool arePair)
    {
        const string Imports = """[DllImport("foo")] public static extern nint foo_exec(); [DllImport("foo")] public static extern void foo_clear(nint p); [DllImport("foo")] public static extern void foo_free(nint p); [DllImport("foo")] public static extern int foo_size(nint p); [DllImport("foo")] public static extern void foo_reset(nint p);""";

        Assert.Equal(arePair, Of(Imports, "C.foo_size(0)", "", use) is not null || Of(Imports, "C.foo_clear(0)", "", use)?.HandoverOf(0) == Handover.Releases);
    }

    [Theory]
    [InlineData("class O { nint _p = C.foo_render(); public void Dispose() => C.foo_free(_p); }", true)]
    [InlineData("class O { nint _p; public O(nint p) => _p = p; public static O Of() => new(C.foo_render()); public void Dispose() => C.foo_free(_p); }", true)]
    [InlineData("class O { nint _p; public O() { var p = C.foo_render(); _p = p; } ~O() { C.foo_free(_p); } }", true)]
    [InlineData("abstract class B { protected B(nint p) { } protected abstract void Free(nint p); } class O : B { public O() : base(C.foo_render()) { } protected override void Free(nint p) => C.foo_free(p); }", true)]
    [InlineData("class H : SafeHandle { public H() : base(0, true) { SetHandle(C.foo_render()); } public override bool IsInvalid => false; protected override bool ReleaseHandle() { C.foo_free(handle); return true; } }", true)]
    [InlineData("class O { nint _p = C.foo_render(); nint _q; public void Dispose() => C.foo_free(_q); }", false)]
    [InlineData("class O { nint _p = C.foo_render(); public void Delete() => C.foo_free(_p); }", false)]
    [InlineData("class O { nint _p = C.foo_render(); } class P { nint _p; public void Dispose() => C.foo_free(_p); }", false)]
    public void Objects_may_use_two_functions_as_a_pair(string type, bool arePair)
    {
        const string Imports = """[DllImport("foo")] public static extern nint foo_render(); [DllImport("foo")] public static extern void foo_free(nint p);""";

        Assert.Equal(arePair, Contract.OfCall("using System; using System.Runtime.InteropServices; static unsafe partial class C { " + Imports + " } " + type + " unsafe class Test { void Run() { C.foo_render(); } }", "")?.Family is not null);
    }

    [Fact]
    public void Two_libraries_have_no_pair_between_them() =>
        Assert.Null(Of("""[DllImport("foo")] public static extern nint foo_new(); [DllImport("bar")] public static extern void foo_free(nint foo);""", "C.foo_new()")?.Family);

    [Fact]
    public void The_entry_points_tell_where_the_methods_do_not()
    {
        const string Imports = """[DllImport("foo", EntryPoint = "foo_new")] public static extern nint Make(); [LibraryImport("libfoo.so", EntryPoint = "foo_free")] public static partial void Kill(nint foo);""";

        Assert.Equal("C.Kill", Of(Imports, "C.Make()")!.Family!.ReleaseText);
    }

    [Theory]
    [InlineData("C.foo_free(0);", false)]
    [InlineData("Action<nint> free = C.foo_free;", false)]
    [InlineData("var name = \"foo_free\";", true)]
    [InlineData("", true)]
    public void It_is_noticed_when_nobody_calls_the_release(string elsewhere, bool isNever)
    {
        const string Imports = """[DllImport("foo")] public static extern nint foo_new(); [DllImport("foo")] public static extern void foo_free(nint foo);""";

        Assert.Equal(isNever, Of(Imports, "C.foo_new()", "", elsewhere)!.Family!.IsNeverReleased);
    }

    [Fact]
    public void What_a_file_says_of_either_counts_alone()
    {
        const string Imports = """[DllImport("foo")] public static extern nint foo_new(); [DllImport("foo")] public static extern void foo_free(nint foo);""";

        Assert.Null(Of(Imports, "C.foo_new()", "borrows import:foo_free")?.Family);
        Assert.Null(Of(Imports, "C.foo_free(0)", "borrows import:foo_new")?.Family);
    }

    [Fact]
    public void To_delete_a_service_does_not_close_its_handle()
    {
        const string Imports = """[DllImport("advapi32")] public static extern nint CreateService(nint manager, string name); [DllImport("advapi32")] public static extern bool DeleteService(nint service); [DllImport("advapi32")] public static extern bool CloseServiceHandle(nint handle);""";

        Assert.Equal("CloseServiceHandle", Of(Imports, "C.CreateService(0, \"\")")!.Family!.ReleaseText);
        Assert.Equal(Handover.Borrows, Of(Imports, "C.DeleteService(0)")!.HandoverOf(0));
    }

    [Fact]
    public void A_file_may_add_words()
    {
        const string Imports = """[DllImport("foo")] public static extern nint foo_spawn(); [DllImport("foo")] public static extern void foo_reap(nint foo);""";

        Assert.Null(Of(Imports, "C.foo_spawn()")?.Family);
        Assert.Equal("C.foo_reap", Of(Imports, "C.foo_spawn()", "names spawn => reap")!.Family!.ReleaseText);
    }

    [Fact]
    public void The_names_are_looked_for()
    {
        var names = Compile.Members(Compile.Source("""using System.Runtime.InteropServices; static class C { [DllImport("foo", EntryPoint = "foo_new")] static extern nint Make(); [DllImport("foo", EntryPoint = "foo_free")] static extern void Kill(nint foo); [DllImport("foo")] static extern void foo_run(nint foo); }""")).InterestingNames;

        Assert.Contains("Make", names.Giving);
        Assert.Contains("Kill", names.Releasing);
        Assert.DoesNotContain("foo_run", names);
    }

    private static string Call(string declaration)
    {
        string name = declaration[(declaration.IndexOf(' ', StringComparison.Ordinal) + 1)..declaration.IndexOf('(', StringComparison.Ordinal)];
        string parameters = declaration[(declaration.IndexOf('(', StringComparison.Ordinal) + 1)..declaration.IndexOf(')', StringComparison.Ordinal)];
        string[] arguments = [.. parameters.Split(',', StringSplitOptions.RemoveEmptyEntries).Select((parameter, index) => parameter.Contains("out", StringComparison.Ordinal) ? $"out var p{index}" : "0")];
        return $"C.{name}({string.Join(", ", arguments)})";
    }

    private static MemberContract? Of(string imports, string call, string lifetime = "", string elsewhere = "") =>
        Contract.OfCall("using System; using System.Runtime.InteropServices; static unsafe partial class C { " + imports + " } unsafe class Test { void Other() { " + elsewhere + " } void Run() { " + call + "; } }", lifetime);
}
