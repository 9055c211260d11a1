using System.Text.Json;

namespace GanNotebooks.Plotting;

/// <summary>The few lines of JavaScript that draw a figure once plotly.js is there, and let the reader scrub through frames.</summary>
internal static class FigureScript
{
    // "@ink" and friends stand for colours of the page's theme, which only the page knows.
    private const string Theme = """
        function theme(el){for(var e=el;e;e=e.parentElement){var c=getComputedStyle(e).backgroundColor.match(/[\d.]+/g);
        if(c&&(c.length<4||+c[3]>0.5)){return 0.3*c[0]+0.59*c[1]+0.11*c[2]<128}}
        return matchMedia('(prefers-color-scheme: dark)').matches}
        """;

    private const string Scrub = """
        function scrub(id,n,labels,show){var s=document.getElementById(id+'-slider'),b=document.getElementById(id+'-play'),o=document.getElementById(id+'-label'),timer=0;
        if(!s){return}
        function go(i){s.value=i;o.textContent=labels[i];s.setAttribute('aria-valuetext',labels[i]);show(i)}
        function stop(){clearInterval(timer);timer=0;b.textContent='▶ Play';b.setAttribute('aria-label','Play the animation')}
        s.addEventListener('input',function(){stop();go(+s.value)});
        b.addEventListener('click',function(){if(timer){stop();return}
        if(+s.value>=n-1){go(0)}
        b.textContent='❚❚ Pause';b.setAttribute('aria-label','Pause the animation');
        timer=setInterval(function(){if(+s.value>=n-1){stop()}else{go(+s.value+1)}},180)});go(n-1)}
        """;

    // Tied axes may leave a part of the height empty on a narrow page; a colour scale takes the share that is drawn.
    private const string DrawFrames = """
        var el=document.getElementById(id),now=frames.length-1,first=true,share=1;
        function dress(i){var dark=theme(el.parentElement);var f=frames[i].map(function(k){return parts[k]}),l=f.pop();
        return JSON.parse(('{"data":['+f.join(',')+'],"layout":'+l+'}').replace(/"@ink"/g,dark?'"#e8e8e8"':'"#222222"').replace(/"@muted"/g,dark?'"#9a9a9a"':'"#6b6b6b"').replace(/"@grid"/g,dark?'"#444444"':'"#dddddd"').replace(/"@paper"/g,dark?'"#1e1e1e"':'"#ffffff"'))}
        function show(i){now=i;var f=dress(i);if(first){el.textContent='';first=false}
        f.data.forEach(function(t){if(t.colorbar){t.colorbar.len=share}});
        window.Plotly.react(el,f.data,f.layout,{responsive:true,displaylogo:false,displayModeBar:false}).then(function(){el.setAttribute('data-frame',i);
        var drawn=el._fullLayout.yaxis._length/el._fullLayout._size.h;if(Math.abs(drawn-share)>0.05){share=drawn;show(now)}})}
        function start(){scrub(id,frames.length,labels,show);if(frames.length===1){show(0)}
        matchMedia('(prefers-color-scheme: dark)').addEventListener('change',function(){show(now)})}
        (function wait(){if(window.Plotly){start()}else{setTimeout(wait,50)}})();
        """;

    private const string DrawImages = """
        var img=document.getElementById(id);scrub(id,frames.length,labels,function(i){img.src=frames[i];img.setAttribute('data-frame',i)});
        """;

    /// <summary>Draws plotly figures.</summary>
    public static string Draw(string id, SharedFrames frames, IReadOnlyList<string> labels) =>
        $"(function(){{{Theme}{Scrub}var id={Js(id)},parts={Js(frames.Parts)},frames={Js(frames.Frames)},labels={Js(labels)};{DrawFrames}}})();";

    /// <summary>Swaps the source of an image.</summary>
    public static string DrawImageFrames(string id, IReadOnlyList<string> sources, IReadOnlyList<string> labels) =>
        $"(function(){{{Scrub}var id={Js(id)},frames={Js(sources)},labels={Js(labels)};{DrawImages}}})();";

    // System.Text.Json escapes <, > and & by default: nothing in the data can end the script element.
    private static string Js<T>(T value) => JsonSerializer.Serialize(value);
}
