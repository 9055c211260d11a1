// exercise: exercise-1
double? place = 8 + 600 + 4096;
Exercise.Answer("18.1", place)

// exercise: exercise-2
double? calls = PickleListing.OfCheckpoint(At("net.pth"), most: 10_000).Lines.Count(l => l.Contains(" REDUCE "));
Exercise.Answer("18.2", calls)

// exercise: exercise-3
var zipped = File.ReadAllBytes(At("net.pth"));
int[] places = [.. Enumerable.Range(0, zipped.Length / 16).Select(i => 16 * i)];
double? refused = places.Average(at => Answer(Flip(zipped, at), ReadPth) == "accepted" ? 0.0 : 1.0);
Exercise.Answer("18.3", refused)

// exercise: exercise-4
var half = FromPyTorch();
half.to(bfloat16);
half.save_safetensors(At("half.safetensors"));
var again = new DcganGenerator(noise: 32, width: 16).load_safetensors(At("half.safetensors"));
again.eval();
double? change = Apart(again.call(noise).detach(), theirs);
Exercise.Answer("18.4", change)
